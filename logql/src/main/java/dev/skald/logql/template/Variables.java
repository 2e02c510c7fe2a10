package dev.skald.logql.template;

import java.util.ArrayList;
import java.util.List;

/** The variables that are visible, innermost last. */
final class Variables {
  private static final String ROOT = "$";

  private Object root;
  private final List<String> names = new ArrayList<>(0);
  private final List<Object> values = new ArrayList<>(0);

  /**
   * @param root the value of {@code $}
   */
  Variables(Object root) {
    this.root = root;
  }

  int mark() {
    return names.size();
  }

  /** Forgets what was declared since a mark. */
  void release(int mark) {
    for (int i = names.size() - 1; i >= mark; i--) {
      names.removeLast();
      values.removeLast();
    }
  }

  void push(String name, Object value) {
    names.add(name);
    values.add(value);
  }

  Object value(String name) {
    int index = names.lastIndexOf(name);
    return index < 0 ? root : values.get(index);
  }

  /** Gives a variable another value; returns false if there is none of that name. */
  boolean assign(String name, Object value) {
    int index = names.lastIndexOf(name);
    if (index >= 0) {
      values.set(index, value);
    } else if (name.equals(ROOT)) {
      root = value;
    } else {
      return false;
    }
    return true;
  }

  /** Replaces the value of the n-th variable from the end, counted from 1. */
  void replace(int n, Object value) {
    values.set(values.size() - n, value);
  }
}
