package dev.skald.logql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An immutable label set: names with their values, sorted by name in byte order, no name twice.
 *
 * <p>Two label sets with the same pairs are equal. The natural order compares pair by pair, name
 * first, then value; a prefix sorts first (logql.md §22.1). Safe for use by any thread.
 */
public final class Labels implements Comparable<Labels> {
  public static final Labels EMPTY = new Labels(new String[0], new String[0]);

  private final String[] names;
  private final String[] values;
  private final int hash;

  private Labels(String[] names, String[] values) {
    this.names = names;
    this.values = values;
    this.hash = 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
  }

  /**
   * Returns the label set of alternating names and values, in any order.
   *
   * @throws IllegalArgumentException if a name stands twice or a value is missing
   */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a name without a value: " + Arrays.toString(namesAndValues));
    }
    Builder builder = new Builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /** Returns the label set of the entries of a map. */
  public static Labels of(Map<String, String> pairs) {
    Builder builder = new Builder();
    pairs.forEach(builder::add);
    return builder.build();
  }

  /**
   * Returns the label set of names that are in order already.
   *
   * @param names not to be changed any more
   * @param values one for each name; not to be changed any more
   * @throws IllegalArgumentException if a name does not come after the one before it
   */
  public static Labels ofSorted(String[] names, String[] values) {
    for (int i = 1; i < names.length; i++) {
      if (compareBytes(names[i - 1], names[i]) >= 0) {
        throw new IllegalArgumentException(names[i] + " does not come after " + names[i - 1]);
      }
    }
    return names.length == 0 ? EMPTY : new Labels(names, values);
  }

  public int size() {
    return names.length;
  }

  public String name(int index) {
    return names[index];
  }

  public String value(int index) {
    return values[index];
  }

  /** Returns the value of a label, or null if the set has no such label. */
  public String get(String name) {
    int index = indexOf(name);
    return index < 0 ? null : values[index];
  }

  /** Returns the value of a label, or the empty string, as matchers see an absent label. */
  public String getOrEmpty(String name) {
    String value = get(name);
    return value == null ? "" : value;
  }

  /** Returns the position of a label, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Compares two strings by their UTF-8 bytes, that is by code point. */
  public static int compareBytes(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNoSurrogate = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNoSurrogate ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  @Override
  public int compareTo(Labels other) {
    int end = Math.min(size(), other.size());
    for (int i = 0; i < end; i++) {
      int byName = compareBytes(names[i], other.names[i]);
      if (byName != 0) {
        return byName;
      }
      int byValue = compareBytes(values[i], other.values[i]);
      if (byValue != 0) {
        return byValue;
      }
    }
    return Integer.compare(size(), other.size());
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Labels other
        && hash == other.hash
        && Arrays.equals(names, other.names)
        && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Returns the canonical text, {@code {a="b", c="d"}}, with values quoted as Go does. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      text.append(i == 0 ? "" : ", ").append(names[i]).append('=');
      GoQuote.append(text, values[i]);
    }
    return text.append('}').toString();
  }

  /** Returns a builder that starts with the pairs of this set. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    for (int i = 0; i < names.length; i++) {
      builder.add(names[i], values[i]);
    }
    return builder;
  }

  /** Returns the number of UTF-8 bytes of all names and values. */
  public int utf8Bytes() {
    int bytes = 0;
    for (int i = 0; i < names.length; i++) {
      bytes += names[i].getBytes(StandardCharsets.UTF_8).length;
      bytes += values[i].getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  /** Returns about how many bytes of memory the values take, and the set itself. */
  public long memory() {
    long bytes = 80;
    for (String value : values) {
      bytes += 64 + memory(value);
    }
    return bytes;
  }

  private static long memory(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xff) {
        return 2L * value.length();
      }
    }
    return value.length();
  }

  /** Collects pairs in any order. Not safe for use by several threads. */
  public static final class Builder {
    private record Pair(String name, String value) {}

    private static final Comparator<Pair> BY_NAME = (a, b) -> compareBytes(a.name, b.name);

    private final List<Pair> pairs = new ArrayList<>();

    /** Adds a pair; the name must not be in the set yet. */
    public Builder add(String name, String value) {
      pairs.add(
          new Pair(
              Objects.requireNonNull(name, "name is null"),
              Objects.requireNonNull(value, "value is null")));
      return this;
    }

    /** Sets a label, whether it is in the set already or not. */
    public Builder set(String name, String value) {
      remove(name);
      return add(name, value);
    }

    /** Removes a label if it is in the set. */
    public Builder remove(String name) {
      pairs.removeIf(pair -> pair.name.equals(name));
      return this;
    }

    /**
     * Returns the label set.
     *
     * @throws IllegalArgumentException if a name was added twice
     */
    public Labels build() {
      if (pairs.isEmpty()) {
        return EMPTY;
      }
      pairs.sort(BY_NAME);
      String[] names = new String[pairs.size()];
      String[] values = new String[pairs.size()];
      for (int i = 0; i < names.length; i++) {
        names[i] = pairs.get(i).name;
        values[i] = pairs.get(i).value;
        if (i > 0 && names[i].equals(names[i - 1])) {
          throw new IllegalArgumentException("duplicate label name: " + names[i]);
        }
      }
      return new Labels(names, values);
    }
  }
}
