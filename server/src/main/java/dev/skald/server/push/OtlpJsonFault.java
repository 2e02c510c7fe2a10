package dev.skald.server.push;

import java.util.Set;

/**
 * What Loki says of a logs request in JSON that it cannot decode (http-api.md §5.1): it reads
 * objects and lists member by member, and skips what it does not know.
 */
final class OtlpJsonFault extends JsonFaults {
  private static final Set<String> LISTS =
      Set.of("resourceLogs", "scopeLogs", "logRecords", "attributes", "values");
  private static final Set<String> OBJECTS =
      Set.of("resource", "scope", "body", "value", "arrayValue", "kvlistValue");
  private static final String OBJECT = "ReadObject";
  private static final int MAX_DEPTH = 512;

  private OtlpJsonFault(byte[] body) {
    super(body);
  }

  /**
   * Returns the failure in Loki's words, or as it is if the fault is in a value alone.
   *
   * @param body as it came
   */
  static DecodeException inLokisWords(DecodeException failure, byte[] body) {
    try {
      new OtlpJsonFault(body).object(0);
      return failure;
    } catch (Found fault) {
      return new DecodeException(fault.getMessage());
    }
  }

  private void object(int depth) throws Found {
    int first = token();
    if (first == 'n') {
      literal("ull", "skipThreeBytes");
      return;
    }
    if (first != '{') {
      throw fault(OBJECT, "expect { or , or } or n, but found " + shown(first));
    }
    int next = token();
    if (next == '}') {
      return;
    }
    if (next != '"') {
      throw fault(OBJECT, "expect \" after {, but found " + shown(next));
    }
    member(depth);
    for (next = token(); next == ','; next = token()) {
      int quote = token();
      if (quote != '"') {
        throw fault("ReadString", "expects \" or n, but found " + shown(quote));
      }
      member(depth);
    }
    if (next != '}') {
      throw fault(OBJECT, "expect { or , or } or n, but found " + shown(next));
    }
  }

  /** Reads a member whose first quote is taken. */
  private void member(int depth) throws Found {
    String name = string();
    int colon = token();
    if (colon != ':') {
      throw fault(OBJECT, "expect : after object field, but found " + shown(colon));
    }
    if (depth < MAX_DEPTH && LISTS.contains(name)) {
      list(depth + 1);
    } else if (depth < MAX_DEPTH && OBJECTS.contains(name)) {
      object(depth + 1);
    } else {
      skip(depth);
    }
  }

  private void list(int depth) throws Found {
    int first = token();
    if (first == 'n') {
      literal("ull", "skipThreeBytes");
      return;
    }
    if (first != '[') {
      throw fault("ReadArray", "expect [ or , or ] or n, but found " + shown(first));
    }
    int next = peek() == ']' ? token() : ',';
    while (next == ',') {
      object(depth);
      next = token();
    }
    if (next != ']') {
      throw fault("ReadArray", "expect [ or , or ] or n, but found " + shown(next));
    }
  }
}
