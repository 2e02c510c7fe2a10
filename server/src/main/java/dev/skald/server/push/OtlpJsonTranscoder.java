package dev.skald.server.push;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Rewrites the JSON form of {@code ExportLogsServiceRequest} (http-api.md §5.2) as protobuf, member
 * by member, so that there is one mapping for both. Members that are not mapped are left out.
 */
final class OtlpJsonTranscoder {
  private static final int MAX_DEPTH = 64;

  /** Rewriting makes a body twice as large at worst; the result must fit an array. */
  private static final int MAX_BODY = 1 << 29;

  private final JsonCursor json;
  private final byte[] body;
  private final ProtobufWriter out;
  private boolean tooDeep;

  private OtlpJsonTranscoder(byte[] body) {
    this.body = body;
    this.json = new JsonCursor(body, body.length);
    this.out = new ProtobufWriter(body.length);
  }

  /** Rewrites a body; its bytes are changed. */
  static byte[] transcode(byte[] body) throws DecodeException {
    if (body.length > MAX_BODY) {
      throw new DecodeException(
          413, "logs request of " + body.length + " bytes as JSON, want at most " + MAX_BODY);
    }
    OtlpJsonTranscoder transcoder = new OtlpJsonTranscoder(body);
    if (transcoder.json.peek() < 0) {
      return new byte[0];
    }
    try {
      transcoder.request();
    } catch (DecodeException e) {
      boolean readable = transcoder.json.intact() && !transcoder.tooDeep;
      throw readable ? OtlpJsonFault.inLokisWords(e, body) : e;
    }
    return transcoder.out.toByteArray();
  }

  /** Writes the members of a message that stands at the cursor. */
  private interface Members {
    boolean member(String key) throws DecodeException;
  }

  private void object(String where, Members members) throws DecodeException {
    if (json.takeNull()) {
      return;
    }
    json.expect('{', where);
    for (boolean first = true; json.nextKey(first, where); first = false) {
      if (!members.member(json.text())) {
        json.raw(where);
      }
    }
  }

  private void message(int field, String where, Members members) throws DecodeException {
    int mark = out.begin(field);
    object(where, members);
    out.end(mark);
  }

  private boolean list(int field, String where, Members members) throws DecodeException {
    if (json.takeNull()) {
      return true;
    }
    json.expect('[', where);
    for (boolean first = true; json.nextElement(first, where); first = false) {
      message(field, where, members);
    }
    return true;
  }

  private void request() throws DecodeException {
    object(
        "logs request",
        key -> key.equals("resourceLogs") && list(1, "resourceLogs", this::resourceLogs));
  }

  private boolean resourceLogs(String key) throws DecodeException {
    return switch (key) {
      case "resource" -> {
        message(1, "resource", member -> member.equals("attributes") && attributes(1));
        yield true;
      }
      case "scopeLogs" -> list(2, "scopeLogs", this::scopeLogs);
      default -> false;
    };
  }

  private boolean scopeLogs(String key) throws DecodeException {
    return switch (key) {
      case "scope" -> {
        message(1, "scope", this::scope);
        yield true;
      }
      case "logRecords" -> list(2, "logRecords", this::logRecord);
      default -> false;
    };
  }

  private boolean scope(String key) throws DecodeException {
    return switch (key) {
      case "name" -> string(1, "scope.name");
      case "version" -> string(2, "scope.version");
      case "attributes" -> attributes(3);
      case "droppedAttributesCount" -> varint(4, "scope.droppedAttributesCount");
      default -> false;
    };
  }

  private boolean logRecord(String key) throws DecodeException {
    return switch (key) {
      case "timeUnixNano" -> fixed64(1, "timeUnixNano");
      case "observedTimeUnixNano" -> fixed64(11, "observedTimeUnixNano");
      case "severityNumber" -> varint(2, "severityNumber");
      case "severityText" -> string(3, "severityText");
      case "body" -> {
        value(5, 0);
        yield true;
      }
      case "attributes" -> attributes(6);
      case "droppedAttributesCount" -> varint(7, "droppedAttributesCount");
      case "flags" -> fixed32(8, "flags");
      case "traceId" -> hex(9, "traceId");
      case "spanId" -> hex(10, "spanId");
      default -> false;
    };
  }

  private boolean attributes(int field) throws DecodeException {
    return list(field, "attributes", this::keyValue);
  }

  private boolean keyValue(String key) throws DecodeException {
    return keyValue(key, 0);
  }

  private boolean keyValue(String key, int depth) throws DecodeException {
    return switch (key) {
      case "key" -> string(1, "attributes[].key");
      case "value" -> {
        value(2, depth);
        yield true;
      }
      default -> false;
    };
  }

  private void value(int field, int depth) throws DecodeException {
    if (depth > MAX_DEPTH) {
      tooDeep = true;
      throw new DecodeException("attribute value is nested more than " + MAX_DEPTH + " deep");
    }
    message(field, "value", key -> valueMember(key, depth));
  }

  private boolean valueMember(String key, int depth) throws DecodeException {
    return switch (key) {
      case "stringValue" -> string(AnyValue.STRING, "stringValue");
      case "boolValue" -> bool(AnyValue.BOOL, "boolValue");
      case "intValue" -> varint(AnyValue.INT, "intValue");
      case "doubleValue" -> doubleValue();
      case "bytesValue" -> bytesValue();
      case "arrayValue" -> {
        message(AnyValue.ARRAY, "arrayValue", member -> member.equals("values") && values(depth));
        yield true;
      }
      case "kvlistValue" -> {
        message(
            AnyValue.MAP,
            "kvlistValue",
            member ->
                member.equals("values")
                    && list(1, "kvlistValue.values", pair -> keyValue(pair, depth + 1)));
        yield true;
      }
      default -> false;
    };
  }

  private boolean values(int depth) throws DecodeException {
    if (json.takeNull()) {
      return true;
    }
    json.expect('[', "arrayValue.values");
    for (boolean first = true; json.nextElement(first, "arrayValue.values"); first = false) {
      value(1, depth + 1);
    }
    return true;
  }

  private boolean string(int field, String where) throws DecodeException {
    if (!json.takeNull()) {
      json.string(where);
      out.bytes(field, body, json.start(), json.length());
    }
    return true;
  }

  private boolean varint(int field, String where) throws DecodeException {
    if (!json.takeNull()) {
      out.varint(field, integer(where));
    }
    return true;
  }

  private boolean fixed64(int field, String where) throws DecodeException {
    if (!json.takeNull()) {
      out.fixed64(field, integer(where));
    }
    return true;
  }

  private boolean fixed32(int field, String where) throws DecodeException {
    if (!json.takeNull()) {
      out.fixed32(field, (int) integer(where));
    }
    return true;
  }

  /** An integer, as a number or as a string of digits. */
  private long integer(String where) throws DecodeException {
    if (json.peek() == '"') {
      json.string(where);
    } else {
      json.raw(where);
    }
    String text = json.text();
    try {
      return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new DecodeException(where + ": want an integer, got \"" + text + "\"");
    }
  }

  private boolean bool(int field, String where) throws DecodeException {
    if (!json.takeNull()) {
      json.raw(where);
      switch (json.text()) {
        case "true" -> out.varint(field, 1);
        case "false" -> out.varint(field, 0);
        default -> throw new DecodeException(where + ": want true or false, got " + json.text());
      }
    }
    return true;
  }

  private boolean doubleValue() throws DecodeException {
    if (json.takeNull()) {
      return true;
    }
    if (json.peek() == '"') {
      json.string("doubleValue");
    } else {
      json.raw("doubleValue");
    }
    try {
      out.fixed64(AnyValue.DOUBLE, Double.doubleToLongBits(Double.parseDouble(json.text())));
      return true;
    } catch (NumberFormatException e) {
      throw new DecodeException("doubleValue: want a number, got \"" + json.text() + "\"");
    }
  }

  private boolean bytesValue() throws DecodeException {
    if (json.takeNull()) {
      return true;
    }
    json.string("bytesValue");
    try {
      byte[] decoded = Base64.getDecoder().decode(json.text());
      out.bytes(AnyValue.BYTES, decoded, 0, decoded.length);
      return true;
    } catch (IllegalArgumentException e) {
      throw new DecodeException("bytesValue: want base64, got \"" + json.text() + "\"");
    }
  }

  private boolean hex(int field, String where) throws DecodeException {
    if (json.takeNull()) {
      return true;
    }
    json.string(where);
    try {
      byte[] id =
          HexFormat.of()
              .parseHex(new String(body, json.start(), json.length(), StandardCharsets.ISO_8859_1));
      out.bytes(field, id, 0, id.length);
      return true;
    } catch (IllegalArgumentException e) {
      throw new DecodeException(where + ": want hexadecimal digits, got \"" + json.text() + "\"");
    }
  }
}
