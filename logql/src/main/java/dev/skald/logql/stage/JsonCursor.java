package dev.skald.logql.stage;

/**
 * Walks over the members of a JSON object, as tolerant and as strict as Loki's parser is (logql.md
 * §11.2): numbers are not validated, what follows the object is not looked at.
 */
final class JsonCursor {
  static final byte[] OBJECT_UNCLOSED =
      Bytes.utf8("Value looks like object, but can't find closing '}' symbol");
  static final byte[] ARRAY_UNCLOSED =
      Bytes.utf8("Value is array, but can't find closing ']' symbol");
  static final byte[] STRING_UNCLOSED =
      Bytes.utf8("Value is string, but can't find closing '\"' symbol");
  static final byte[] MALFORMED = Bytes.utf8("Malformed JSON error");
  static final byte[] UNKNOWN_VALUE = Bytes.utf8("Unknown value type");
  static final byte[] INVALID_ESCAPE =
      Bytes.utf8("Encountered an invalid escape sequence in a string");

  /** What a value is. */
  enum Kind {
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    ARRAY,
    OBJECT
  }

  byte[] bytes;

  /** Where the scan stands; behind the value after {@link #next} and {@link #readValue}. */
  int pos;

  int end;

  /** Of the current member: its key without the quotes. */
  int keyStart;

  int keyEnd;
  boolean keyEscaped;

  /** The value, a string without its quotes. */
  int valueStart;

  int valueEnd;
  Kind kind;
  boolean valueEscaped;

  /** Why the scan has stopped before its end, or null. */
  byte[] error;

  private boolean afterMember;
  private boolean escaped;

  /** Enters the object that begins at the first byte of the range that is not blank. */
  boolean enter(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    end = to;
    error = null;
    pos = Bytes.skipBlanks(newBytes, from, to);
    if (pos >= to || newBytes[pos] != '{') {
      return fail(OBJECT_UNCLOSED);
    }
    pos++;
    afterMember = false;
    return true;
  }

  /** Goes back to an outer object, behind the member that was an object itself. */
  void leaveTo(int outerPos, int outerEnd) {
    pos = outerPos;
    end = outerEnd;
    afterMember = true;
  }

  /** Moves to the next member; false at the end of the object and on an error. */
  boolean next() {
    if (afterMember && !comma()) {
      return false;
    }
    pos = Bytes.skipBlanks(bytes, pos, end);
    if (pos >= end) {
      return fail(OBJECT_UNCLOSED);
    }
    byte b = bytes[pos++];
    if (b == '}') {
      return false;
    }
    if (b != '"') {
      return fail(OBJECT_UNCLOSED);
    }
    return key() && readValue();
  }

  private boolean comma() {
    pos = Bytes.skipBlanks(bytes, pos, end);
    if (pos >= end) {
      return fail(ARRAY_UNCLOSED);
    }
    byte b = bytes[pos++];
    if (b == ',' || b == '}') {
      return b == ',';
    }
    return fail(OBJECT_UNCLOSED);
  }

  private boolean key() {
    int close = stringEnd(pos);
    if (close < 0) {
      return fail(MALFORMED);
    }
    keyStart = pos;
    keyEnd = close;
    keyEscaped = escaped;
    pos = Bytes.skipBlanks(bytes, close + 1, end);
    if (pos >= end || bytes[pos] != ':') {
      return fail(MALFORMED);
    }
    pos++;
    return true;
  }

  /** Reads the value that begins at the next byte that is not blank. */
  boolean readValue() {
    pos = Bytes.skipBlanks(bytes, pos, end);
    if (pos >= end) {
      return fail(MALFORMED);
    }
    afterMember = true;
    return switch (bytes[pos]) {
      case '"' -> string();
      case '[' -> block(Kind.ARRAY, (byte) '[', (byte) ']');
      case '{' -> block(Kind.OBJECT, (byte) '{', (byte) '}');
      default -> scalar();
    };
  }

  private boolean string() {
    int close = stringEnd(pos + 1);
    if (close < 0) {
      return fail(STRING_UNCLOSED);
    }
    valueEscaped = escaped;
    return value(Kind.STRING, pos + 1, close, close + 1);
  }

  private boolean block(Kind blockKind, byte open, byte close) {
    int after = blockEnd(pos, open, close);
    if (after < 0) {
      return fail(blockKind == Kind.ARRAY ? ARRAY_UNCLOSED : OBJECT_UNCLOSED);
    }
    return value(blockKind, pos, after, after);
  }

  private boolean scalar() {
    int i = pos;
    while (i < end && !endsScalar(bytes[i])) {
      i++;
    }
    Kind scalar = scalarKind(i - pos);
    return scalar == null ? fail(UNKNOWN_VALUE) : value(scalar, pos, i, i);
  }

  private Kind scalarKind(int length) {
    if (length == 0) {
      return null;
    }
    byte first = bytes[pos];
    if (Bytes.isDigit(first) || first == '-') {
      return Kind.NUMBER;
    }
    if (is(length, "true") || is(length, "false")) {
      return Kind.BOOLEAN;
    }
    return is(length, "null") ? Kind.NULL : null;
  }

  private boolean is(int length, String word) {
    if (length != word.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[pos + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsScalar(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == ',' || b == '}' || b == ']';
  }

  private boolean value(Kind newKind, int from, int to, int after) {
    kind = newKind;
    valueStart = from;
    valueEnd = to;
    pos = after;
    return true;
  }

  /** Returns where the quote stands that closes a string, or -1. */
  int stringEnd(int from) {
    escaped = false;
    for (int i = from; i < end; i++) {
      byte b = bytes[i];
      if (b == '"') {
        return i;
      }
      if (b == '\\') {
        escaped = true;
        i++;
      }
    }
    return -1;
  }

  /** Returns the position behind the bracket that closes a block, or -1. */
  int blockEnd(int from, byte open, byte close) {
    int depth = 0;
    for (int i = from; i < end; i++) {
      byte b = bytes[i];
      if (b == '"') {
        i = stringEnd(i + 1);
        if (i < 0) {
          return -1;
        }
      } else if (b == open) {
        depth++;
      } else if (b == close && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private boolean fail(byte[] message) {
    error = message;
    return false;
  }
}
