package dev.skald.storage.segment;

import dev.skald.storage.bytes.MalformedException;

/** How the values of a metadata column lie in their page. */
enum ColumnEncoding {
  /** Every row has the value that the page holds. */
  CONSTANT(0),
  /** {@link DictionaryPage}. */
  DICTIONARY(1),
  /** {@link PlainPage}. */
  PLAIN(2),
  /** {@link HexPage}. */
  HEX(3);

  private final int id;

  ColumnEncoding(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  static ColumnEncoding of(int id) {
    for (ColumnEncoding encoding : values()) {
      if (encoding.id == id) {
        return encoding;
      }
    }
    throw new MalformedException("column encoding " + id + ", wanted 0 to 3");
  }
}
