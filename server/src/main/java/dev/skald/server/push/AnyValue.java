package dev.skald.server.push;

import dev.skald.logql.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads {@code opentelemetry.proto.common.v1.AnyValue} messages as text (http-api.md §5.2, §5.3). A
 * string stays where it is; any other value is printed into the request. Not safe for use by
 * several threads.
 */
final class AnyValue {
  static final int STRING = 1;
  static final int BOOL = 2;
  static final int INT = 3;
  static final int DOUBLE = 4;
  static final int ARRAY = 5;
  static final int MAP = 6;
  static final int BYTES = 7;
  private static final int MAX_DEPTH = 64;

  /** No value is printed to more characters; what stands in an object counts more than once. */
  private static final int MAX_PRINTED = 4 << 20;

  private static final int MEMBER_CHARACTERS = 64;

  private final byte[] body;
  private final OtlpText text;
  private int start;
  private int length;
  private long printed;

  AnyValue(byte[] body, OtlpText text) {
    this.body = body;
    this.text = text;
  }

  /** Where the text of the value that was read last begins. */
  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** Reads the value in a range as text. */
  void read(int from, int to) throws DecodeException {
    ProtobufReader reader = new ProtobufReader(body, from, to);
    start = from;
    length = 0;
    while (reader.next()) {
      if (reader.field() == STRING) {
        reader.readBytes();
        start = reader.start();
        length = reader.length();
      } else if (reader.field() <= BYTES) {
        place(print(reader));
      } else {
        reader.skip();
      }
    }
  }

  /** Returns the kind of the value in a range, 0 if it has none. */
  int kind(int from, int to) throws DecodeException {
    ProtobufReader reader = new ProtobufReader(body, from, to);
    int kind = 0;
    while (reader.next()) {
      kind = reader.field();
      reader.skip();
    }
    return kind;
  }

  private void place(String printed) throws DecodeException {
    byte[] utf8 = printed.getBytes(StandardCharsets.UTF_8);
    start = text.append(utf8);
    length = utf8.length;
  }

  /** The field a reader stands at, as it is printed outside of JSON. */
  private String print(ProtobufReader reader) throws DecodeException {
    StringBuilder out = new StringBuilder();
    printed = 0;
    if (reader.field() == BYTES) {
      reader.readBytes();
      spend(reader.length());
      return base64(reader);
    }
    json(reader, out, 0);
    return out.toString();
  }

  private void spend(int characters) throws DecodeException {
    printed += characters;
    if (printed > MAX_PRINTED) {
      throw new DecodeException("attribute value is too large to be printed as JSON");
    }
  }

  private String base64(ProtobufReader reader) {
    byte[] bytes = new byte[reader.length()];
    System.arraycopy(body, reader.start(), bytes, 0, bytes.length);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private void json(ProtobufReader reader, StringBuilder out, int depth) throws DecodeException {
    if (depth > MAX_DEPTH) {
      throw new DecodeException("attribute value is nested more than " + MAX_DEPTH + " deep");
    }
    switch (reader.field()) {
      case STRING -> {
        reader.readBytes();
        spend(reader.length());
        JsonText.quote(out, utf8(reader));
      }
      case BOOL -> out.append(reader.readVarint() != 0);
      case INT -> out.append(reader.readVarint());
      case DOUBLE -> JsonText.number(out, Double.longBitsToDouble(reader.readFixed64()));
      case ARRAY -> {
        reader.readBytes();
        array(reader.start(), reader.start() + reader.length(), out, depth);
      }
      case MAP -> {
        reader.readBytes();
        map(reader.start(), reader.start() + reader.length(), out, depth);
      }
      case BYTES -> {
        reader.readBytes();
        spend(reader.length());
        JsonText.quote(out, base64(reader));
      }
      default -> reader.skip();
    }
  }

  private String utf8(ProtobufReader reader) {
    return new String(body, reader.start(), reader.length(), StandardCharsets.UTF_8);
  }

  private void array(int from, int to, StringBuilder out, int depth) throws DecodeException {
    ProtobufReader reader = new ProtobufReader(body, from, to);
    out.append('[');
    while (reader.next()) {
      reader.readBytes();
      spend(1);
      out.append(out.charAt(out.length() - 1) == '[' ? "" : ",");
      value(reader.start(), reader.start() + reader.length(), out, depth + 1);
    }
    out.append(']');
  }

  private void map(int from, int to, StringBuilder out, int depth) throws DecodeException {
    Map<String, String> members = new TreeMap<>(Labels::compareBytes);
    KeyValues pairs = new KeyValues(body, from, to);
    while (pairs.next()) {
      StringBuilder member = new StringBuilder();
      value(pairs.valueFrom(), pairs.valueTo(), member, depth + 1);
      spend(MEMBER_CHARACTERS + pairs.nameLength() + member.length());
      members.put(pairs.name(), member.toString());
    }
    out.append('{');
    String separator = "";
    for (Map.Entry<String, String> member : members.entrySet()) {
      out.append(separator);
      JsonText.quote(out, member.getKey());
      out.append(':').append(member.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private void value(int from, int to, StringBuilder out, int depth) throws DecodeException {
    ProtobufReader reader = new ProtobufReader(body, from, to);
    int before = out.length();
    while (reader.next()) {
      out.setLength(before);
      json(reader, out, depth);
    }
    if (out.length() == before) {
      out.append("null");
    }
  }
}
