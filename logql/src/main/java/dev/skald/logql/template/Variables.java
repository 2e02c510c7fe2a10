package dev.skald.logql.template;

import java.util.ArrayList;
import java.util.List;

/** The variables that are visible, innermost last. */
final class Variables {
  private final List<String> names = new ArrayList<>(4);
  private final List<Object> values = new ArrayList<>(4);

  /**
   * @param root the value of {@code $}
   */
  Variables(Object root) {
    push("$", root);
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
    return values.get(names.lastIndexOf(name));
  }

  void assign(String name, Object value) {
    values.set(names.lastIndexOf(name), value);
  }

  /** Replaces the value of the n-th variable from the end, counted from 1. */
  void replace(int n, Object value) {
    values.set(values.size() - n, value);
  }
}
