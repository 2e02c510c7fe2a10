package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import java.util.Arrays;

/**
 * The bytes of a head: lines and metadata values in one arena, metadata names with their values.
 * One thread writes; readers see what published rows refer to.
 */
final class HeadValues {
  private final Arena arena;
  private volatile ValueDictionary[] dictionaries = new ValueDictionary[0];

  HeadValues(Arena arena) {
    this.arena = arena;
  }

  Arena arena() {
    return arena;
  }

  /** Returns about how many bytes the values take; for the writer. */
  long memory() {
    long sum = arena.bytes().length;
    for (ValueDictionary dictionary : dictionaries) {
      sum += dictionary.memory();
    }
    return sum;
  }

  /** Returns how many names there are, at least those of published rows. */
  int names() {
    return dictionaries.length;
  }

  /** Returns the values of a name by its number. */
  ValueDictionary dictionary(int name) {
    return dictionaries[name];
  }

  /** Returns the number of a name, which is added if it is new. */
  int intern(Slice name) {
    ValueDictionary[] known = dictionaries;
    for (int i = 0; i < known.length; i++) {
      if (known[i].isNamed(name)) {
        return i;
      }
    }
    byte[] bytes = Arrays.copyOfRange(name.bytes, name.offset, name.end());
    ValueDictionary[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = new ValueDictionary(bytes, arena);
    dictionaries = more;
    return known.length;
  }
}
