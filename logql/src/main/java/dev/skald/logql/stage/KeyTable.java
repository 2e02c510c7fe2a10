package dev.skald.logql.stage;

import java.util.Arrays;

/**
 * Turns the keys that stand in lines into label names (logql.md §11.1) and remembers them, so that
 * a key is sanitised once, not once a line. Keys of nested objects have a parent.
 */
final class KeyTable {
  private static final int MOST_KEYS = 1 << 16;

  /** A key as it stands in a line, below its parent. */
  static final class Key {
    private final Key parent;
    private final byte[] raw;
    private final int hash;
    private Key successor;

    /** The sanitised name of the key and its parents, joined by {@code _}. */
    final byte[] path;

    /** The label of that name; null where nothing is left of the key. */
    final LabelSlot slot;

    /** Whether the key stands in lines as its name does. */
    final boolean verbatim;

    /** Whether a needed label may lie below this key (§8.6). */
    final boolean leadsToRequired;

    private Key(Key parent, byte[] raw, int hash, byte[] path, LabelSlot slot, boolean leads) {
      this.parent = parent;
      this.raw = raw;
      this.hash = hash;
      this.path = path;
      this.slot = slot;
      this.verbatim = Arrays.equals(raw, path);
      this.leadsToRequired = leads;
    }

    private boolean is(Key ofParent, byte[] bytes, int from, int to) {
      return parent == ofParent && Arrays.equals(raw, 0, raw.length, bytes, from, to);
    }
  }

  private final LabelStore labels;
  private Key root;
  private Key previous;
  private Key[] byHash;
  private int size;
  private int generation;

  KeyTable(LabelStore labels) {
    this.labels = labels;
    clear();
  }

  private void clear() {
    root = new Key(null, Bytes.EMPTY, 0, Bytes.EMPTY, null, true);
    previous = root;
    byHash = new Key[256];
    size = 0;
    generation = labels.generation();
  }

  /** Returns the parent of the outermost keys; to be asked for at the beginning of each line. */
  Key root() {
    if (generation != labels.generation() || size > MOST_KEYS) {
      clear();
    }
    previous = root;
    return root;
  }

  /** Returns the key that stands in {@code [from, to)}. */
  Key key(Key parent, byte[] bytes, int from, int to) {
    Key guess = previous.successor;
    if (guess == null || !guess.is(parent, bytes, from, to)) {
      guess = find(parent, bytes, from, to);
      previous.successor = guess;
    }
    previous = guess;
    return guess;
  }

  private Key find(Key parent, byte[] bytes, int from, int to) {
    int hash = Bytes.hash(bytes, from, to - from) + 31 * parent.hash;
    int mask = byHash.length - 1;
    int index = hash & mask;
    for (; byHash[index] != null; index = index + 1 & mask) {
      if (byHash[index].is(parent, bytes, from, to)) {
        return byHash[index];
      }
    }
    Key key = make(parent, Arrays.copyOfRange(bytes, from, to), hash);
    byHash[index] = key;
    if (2 * ++size > byHash.length) {
      rehash();
    }
    return key;
  }

  private Key make(Key parent, byte[] raw, int hash) {
    byte[] name = KeyText.sanitise(raw, parent.path.length == 0);
    byte[] path = KeyText.join(parent.path, name);
    boolean blank = path.length == 0 || name.length == 0 && parent == root;
    LabelSlot slot = blank ? null : labels.table.slot(path, 0, path.length);
    return new Key(parent, raw, hash, path, slot, labels.requiresBelow(path));
  }

  private void rehash() {
    Key[] old = byHash;
    byHash = new Key[2 * old.length];
    int mask = byHash.length - 1;
    for (Key key : old) {
      if (key != null) {
        int index = key.hash & mask;
        while (byHash[index] != null) {
          index = index + 1 & mask;
        }
        byHash[index] = key;
      }
    }
  }
}
