package dev.skald.server.push;

import java.nio.charset.StandardCharsets;

/**
 * What Loki says of a JSON push that it cannot decode (http-api.md §4.2). It has two readers: one
 * finds where streams end, another then reads each stream; so bad syntax anywhere in a stream is
 * told before a value of the wrong type. Both show where they stood.
 */
final class JsonPushFault {
  private static final String REQUEST = "loghttp.PushRequest.";
  private static final String STREAMS = REQUEST + "Streams: []loghttp.LogProtoStream: ";
  private static final String NOT_ARRAY = "Unknown value type";
  private static final String NOT_OBJECT =
      "Value looks like object, but can't find closing '}' symbol";
  private static final String NOT_STRING = "Value is string, but can't find closing '\"' symbol";
  private static final String NOT_TIME =
      "Value looks like Number/Boolean/None, but can't find its end: ',' or '}' symbol";

  private static final int MAX_DEPTH = 512;
  private static final int NEAR = 10;
  private static final int FAR = 50;

  private final byte[] body;
  private String context = "";
  private int at;

  private JsonPushFault(byte[] body) {
    this.body = body;
  }

  /** Where and what the fault is. */
  private static final class Found extends Exception {
    private static final long serialVersionUID = 1L;

    Found(String text) {
      super(text, null, false, false);
    }
  }

  /**
   * Returns the failure in Loki's words, or as it is if Loki would find nothing wrong.
   *
   * @param body as it came
   */
  static DecodeException inLokisWords(DecodeException failure, byte[] body) {
    try {
      new JsonPushFault(body).request();
      return failure;
    } catch (Found fault) {
      return new DecodeException(fault.getMessage());
    }
  }

  private Found fault(String operation, String text) {
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

  private int peek() {
    while (at < body.length) {
      byte b = body[at];
      if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
        return b & 0xff;
      }
      at++;
    }
    return 0;
  }

  /** Takes the next byte that is no blank; 0 at the end. */
  private int token() {
    int next = peek();
    at = Math.min(at + 1, body.length);
    return next;
  }

  private static String shown(int b) {
    return b < 0x80 ? Character.toString(b) : "\uFFFD";
  }

  private void request() throws Found {
    int first = peek();
    if (at == body.length || first == 'n') {
      return;
    }
    at++;
    if (first != '{') {
      throw fault("readObjectStart", "expect { or n, but found " + shown(first));
    }
    if (peek() == '}') {
      return;
    }
    context = REQUEST;
    int next;
    do {
      member();
      next = token();
    } while (next == ',');
    if (next != '}') {
      throw fault("isObjectEnd", "object ended prematurely, unexpected char " + shown(next));
    }
  }

  private void member() throws Found {
    int quote = token();
    if (quote != '"') {
      throw fault("readFieldHash", "expect \", but found " + shown(quote));
    }
    String name = string();
    int colon = token();
    if (colon != ':') {
      throw fault("readFieldHash", "expect :, but found " + shown(colon));
    }
    if (name.equalsIgnoreCase("streams")) {
      context = STREAMS;
      streams();
      context = REQUEST;
    } else {
      skip(0);
    }
  }

  private void streams() throws Found {
    int first = token();
    if (first == 'n') {
      literal("ull", "skipThreeBytes");
      return;
    }
    if (first != '[') {
      throw fault("decode slice", "expect [ or n, but found " + shown(first));
    }
    int next = peek() == ']' ? token() : ',';
    while (next == ',') {
      stream();
      next = token();
    }
    if (next != ']') {
      throw fault("decode slice", "expect ], but found " + shown(next));
    }
  }

  private void stream() throws Found {
    peek();
    int start = at;
    skip(0);
    int end = at;
    at = start;
    String wrong = wrongInStream();
    at = end;
    if (!wrong.isEmpty()) {
      throw fault("unmarshalerDecoder", wrong);
    }
  }

  private String wrongInStream() throws Found {
    if (token() != '{') {
      return NOT_OBJECT;
    }
    while (token() == '"') {
      String name = string();
      token();
      int first = peek();
      if (name.equals("stream") && first != '{') {
        return NOT_OBJECT;
      }
      String wrong = name.equals("values") && first != 'n' ? wrongInValues() : skipped();
      if (!wrong.isEmpty()) {
        return wrong;
      }
      if (peek() == ',') {
        token();
      }
    }
    return "";
  }

  private String skipped() throws Found {
    skip(0);
    return "";
  }

  private String wrongInValues() throws Found {
    if (token() != '[') {
      return NOT_ARRAY;
    }
    while (peek() != ']') {
      String wrong = peek() == 'n' ? skipped() : wrongInEntry();
      if (!wrong.isEmpty()) {
        return wrong;
      }
      if (peek() == ',') {
        token();
      }
    }
    token();
    return "";
  }

  private String wrongInEntry() throws Found {
    if (token() != '[') {
      return NOT_ARRAY;
    }
    for (int i = 0; peek() != ']'; i++) {
      String wrong =
          switch (i) {
            case 0 -> isTime() ? "" : NOT_TIME;
            case 1 -> isString() ? "" : NOT_STRING;
            case 2 -> wrongInMetadata();
            default -> skipped();
          };
      if (!wrong.isEmpty()) {
        return wrong;
      }
      if (peek() == ',') {
        token();
      }
    }
    token();
    return "";
  }

  private boolean isTime() throws Found {
    if (token() != '"') {
      return false;
    }
    try {
      String digits = string();
      Long.parseLong(digits);
      return !digits.startsWith("+");
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private boolean isString() throws Found {
    boolean string = peek() == '"';
    skip(0);
    return string;
  }

  private String wrongInMetadata() throws Found {
    if (token() != '{') {
      return NOT_OBJECT;
    }
    while (token() == '"') {
      string();
      token();
      if (!isString()) {
        return NOT_STRING;
      }
      if (peek() == ',') {
        token();
      }
    }
    return "";
  }

  /** Takes the rest of a string whose first quote is taken. */
  private String string() throws Found {
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

  private void literal(String rest, String operation) throws Found {
    for (int i = 0; i < rest.length(); i++) {
      if (at >= body.length || body[at++] != rest.charAt(i)) {
        throw fault(operation, "expect " + rest);
      }
    }
  }

  private void skip(int depth) throws Found {
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
