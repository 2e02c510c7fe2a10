package dev.skald.server.push;

/**
 * What Loki says of a JSON push that it cannot decode (http-api.md §4.2). It has two readers: one
 * finds where streams end, another then reads each stream; so bad syntax anywhere in a stream is
 * told before a value of the wrong type. Both show where they stood.
 */
final class JsonPushFault extends JsonFaults {
  private static final String REQUEST = "loghttp.PushRequest.";
  private static final String STREAMS = REQUEST + "Streams: []loghttp.LogProtoStream: ";
  private static final String NOT_ARRAY = "Unknown value type";
  private static final String NOT_OBJECT =
      "Value looks like object, but can't find closing '}' symbol";
  private static final String NOT_STRING = "Value is string, but can't find closing '\"' symbol";
  private static final String NOT_TIME =
      "Value looks like Number/Boolean/None, but can't find its end: ',' or '}' symbol";

  private JsonPushFault(byte[] body) {
    super(body);
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

  private void request() throws Found {
    int first = peek();
    if (atEnd() || first == 'n') {
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
}
