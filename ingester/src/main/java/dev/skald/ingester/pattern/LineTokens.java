package dev.skald.ingester.pattern;

import dev.skald.logql.batch.Slice;

/**
 * A line cut into words and the gaps between them. One is used for line after line; nothing is
 * allocated for a line.
 *
 * <p>Blanks, brackets, quotes and the like separate words; points, commas, colons and exclamation
 * marks belong to a word only inside it ({@code 18:01:47,978} is one). So a gap between two words
 * always holds a separator, and a word never does: what follows a variable is found right behind
 * it.
 */
final class LineTokens {
  /** Lines with more words are cut; the rest is one variable. */
  static final int MOST_WORDS = 100;

  /** What a word is; a template knows the last kind as well. */
  static final byte CONSTANT = 0;

  /** The name before an equals sign. */
  static final byte KEY = 1;

  /** Holds a digit. */
  static final byte NUMBER = 2;

  /** A variable from the start, whatever it holds. */
  static final byte FREE = 3;

  /** A variable, as lines differed in a word without digits. */
  static final byte MERGED = 4;

  private static final byte SEPARATOR = 0;
  private static final byte INNER = 1;
  private static final byte LETTER = 2;
  private static final byte DIGIT = 3;
  private static final byte[] CLASSES = classes();
  private static final int LONGEST_KEY = 40;
  private static final long PRIME = 0x9e3779b97f4a7c15L;

  final int[] starts = new int[MOST_WORDS + 2];
  final int[] ends = new int[MOST_WORDS + 2];
  final byte[] kinds = new byte[MOST_WORDS + 2];
  byte[] bytes;
  int from;
  int to;
  int words;

  /** Whether only a field of a JSON line is looked at. */
  boolean json;

  /** Whether the last word is the rest of a long line. */
  boolean cut;

  private final JsonField field = new JsonField();

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (int c = 0; c < 256; c++) {
      boolean digit = c >= '0' && c <= '9';
      boolean blank = c <= ' ' || c == 0x7f;
      boolean separator = blank || "\"'`=()[]{}<>;|&?".indexOf(c) >= 0;
      boolean inner = ".,:!".indexOf(c) >= 0;
      classes[c] = digit ? DIGIT : separator ? SEPARATOR : inner ? INNER : LETTER;
    }
    return classes;
  }

  private static boolean isDigit(byte b) {
    return CLASSES[b & 0xff] == DIGIT;
  }

  static boolean isSeparator(byte b) {
    return CLASSES[b & 0xff] == SEPARATOR;
  }

  /**
   * Cuts a line.
   *
   * @param jsonFields names of the fields of which the text is looked at
   * @return false if there is no word in it
   */
  boolean read(Slice line, byte[][] jsonFields) {
    bytes = line.bytes;
    from = line.offset;
    to = line.end();
    words = 0;
    cut = false;
    json = field.find(bytes, from, to, jsonFields);
    if (!json) {
      split(from, to);
      return words > 0;
    }
    add(from, field.keyStart(), FREE);
    split(field.textStart(), field.textEnd());
    if (!cut && field.textEnd() + 1 < to) {
      add(field.textEnd() + 1, to, FREE);
    }
    return true;
  }

  private void split(int start, int end) {
    int at = start;
    while (true) {
      while (at < end && CLASSES[bytes[at] & 0xff] <= INNER) {
        at++;
      }
      if (at == end) {
        return;
      }
      if (words >= MOST_WORDS) {
        add(at, to, FREE);
        cut = true;
        return;
      }
      at = word(at, end);
    }
  }

  /** Adds the word that starts here; returns where the next separator is. */
  private int word(int start, int end) {
    int last = start;
    boolean digit = false;
    int at = start;
    while (at < end) {
      byte kind = CLASSES[bytes[at] & 0xff];
      if (kind == SEPARATOR) {
        break;
      }
      if (kind != INNER) {
        last = at;
        digit |= kind == DIGIT;
      }
      at++;
    }
    boolean key = at < end && bytes[at] == '=' && last + 1 == at && isKey(start, at, end, digit);
    add(start, last + 1, key ? KEY : digit ? NUMBER : CONSTANT);
    return at;
  }

  /** Tells names from what else may stand before an equals sign, such as the end of Base64. */
  private boolean isKey(int start, int equals, int end, boolean digit) {
    boolean empty = equals + 1 == end || bytes[equals + 1] == ' ';
    boolean twice = !empty && bytes[equals + 1] == '=';
    if (equals - start > LONGEST_KEY || twice || empty && digit || isDigit(bytes[start])) {
      return false;
    }
    for (int i = start; i < equals; i++) {
      byte b = bytes[i];
      boolean part = b == '_' || b == '-' || b == '.' || isDigit(b);
      boolean letter = (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
      if (!part && !letter) {
        return false;
      }
    }
    return true;
  }

  private void add(int start, int end, byte kind) {
    starts[words] = start;
    ends[words] = end;
    kinds[words] = kind;
    words++;
  }

  /**
   * Returns a number that is the same for lines of as many words with the same gaps, the same keys,
   * and the same first word unless that is a number.
   */
  long group() {
    int first = json ? 1 : 0;
    long hash = 4L * words + (json ? 2 : 0) + (cut ? 1 : 0);
    int gap = from;
    for (int i = 0; i < words; i++) {
      boolean named = kinds[i] == KEY || i == first && kinds[i] == CONSTANT;
      // A gap touches the word before it only where a variable does not.
      hash = hash(hash, gap, named ? ends[i] : starts[i]);
      gap = ends[i];
    }
    return hash(hash, gap, to);
  }

  private long hash(long seed, int start, int end) {
    long hash = seed ^ (end - start);
    for (int i = start; i < end; i++) {
      hash = (hash ^ bytes[i]) * PRIME;
    }
    hash *= PRIME;
    return hash ^ hash >>> 29;
  }
}
