package dev.skald.server.push;

import java.nio.charset.StandardCharsets;

/**
 * Walks over JSON text that could not be decoded, as the reader of Loki does, and says in its words
 * where and what the fault is. Not safe for use by several threads.
 */
abstract class JsonFaults {
  private static final int MAX_DEPTH = 512;
  private static final int NEAR = 10;
  private static final int FAR = 50;

  private final byte[] body;
  String context = "";
  int at;

  JsonFaults(byte[] body) {
    this.body = body;
  }

  /** Where and what the fault is. */
  static final class Found extends Exception {
    private static final long serialVersionUID = 1L;

    Found(String text) {
      super(text, null, false, false);
    }
  }

  Found fault(String operation, String text) {
    int start = Math.max(at - NEAR, 0);
    return new Found(
        context
            + operation
            + ": "
            + text
            + ", error found in #"
            + (at - start)
            + " byte of ...|"
            + window(NEAR)
            + "|..., bigger context ...|"
            + window(FAR)
            + "|...");
  }

  private String window(int reach) {
    int start = Math.max(at - reach, 0);
    int end = Math.min(at + reach, body.length);
    return new String(body, start, end - start, StandardCharsets.UTF_8);
  }

  /** Returns the next byte that is no blank, without taking it; 0 at the end. */
  int peek() {
    while (at < body.length) {
      byte b = body[at];
      if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
        return b & 0xff;
      }
      at++;
    }
    return 0;
  }

  /** Whether nothing is left; blanks count. */
  boolean atEnd() {
    return at == body.length;
  }

  /** Takes the next byte that is no blank; 0 at the end. */
  int token() {
    int next = peek();
    at = Math.min(at + 1, body.length);
    return next;
  }

  static String shown(int b) {
    return b < 0x80 ? Character.toString(b) : "\uFFFD";
  }

  /** Takes the rest of a string whose first quote is taken. */
  String string() throws Found {
    int start = at;
    while (at < body.length && body[at] != '"') {
      at += body[at] == '\\' ? 2 : 1;
    }
    if (at >= body.length) {
      at = body.length;
      throw fault("readStringSlowPath", "unexpected end of input");
    }
    return new String(body, start, at++ - start, StandardCharsets.UTF_8);
  }

  void literal(String rest, String operation) throws Found {
    for (int i = 0; i < rest.length(); i++) {
      if (at >= body.length || body[at++] != rest.charAt(i)) {
        throw fault(operation, "expect " + rest);
      }
    }
  }

  void skip(int depth) throws Found {
    int first = token();
    switch (first) {
      case '"' -> string();
      case 'n' -> literal("ull", "skipThreeBytes");
      case 't' -> literal("rue", "skipThreeBytes");
      case 'f' -> literal("alse", "skipFourBytes");
      case '[' -> skipArray(nested(depth));
      case '{' -> skipObject(nested(depth));
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> skipNumber();
      default -> throw fault("Skip", "do not know how to skip: " + first);
    }
  }

  private int nested(int depth) throws Found {
    if (depth == MAX_DEPTH) {
      throw fault("Skip", "nested more than " + MAX_DEPTH + " deep");
    }
    return depth + 1;
  }

  private void skipNumber() {
    while (at < body.length && "0123456789.eE+-".indexOf(body[at]) >= 0) {
      at++;
    }
  }

  private void skipArray(int depth) throws Found {
    int next = peek() == ']' ? token() : ',';
    while (next == ',') {
      skip(depth);
      next = token();
    }
    if (next != ']') {
      throw fault("ReadArrayCB", "expect ] in the end, but found " + shown(next));
    }
  }

  private void skipObject(int depth) throws Found {
    int next = peek() == '}' ? token() : ',';
    for (boolean first = true; next == ','; first = false) {
      skipMember(first, depth);
      next = token();
    }
    if (next != '}') {
      throw fault("ReadObjectCB", "object not ended with }");
    }
  }

  private void skipMember(boolean first, int depth) throws Found {
    int quote = token();
    if (quote != '"') {
      throw first
          ? fault("ReadObjectCB", "expect \" after {, but found " + shown(quote))
          : fault("ReadString", "expects \" or n, but found " + shown(quote));
    }
    string();
    int colon = token();
    if (colon != ':') {
      throw fault("ReadObject", "expect : after object field, but found " + shown(colon));
    }
    skip(depth);
  }
}
