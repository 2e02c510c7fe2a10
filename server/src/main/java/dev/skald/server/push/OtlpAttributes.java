package dev.skald.server.push;

import java.nio.charset.StandardCharsets;

/**
 * Hands out attributes as names with texts; a map becomes a pair for each of its members, {@code
 * os_type} (http-api.md §5.3). Not safe for use by several threads.
 */
final class OtlpAttributes {
  private static final int MAX_DEPTH = 64;

  private final byte[] body;
  private final OtlpText text;
  private final AnyValue value;

  OtlpAttributes(byte[] body, OtlpText text) {
    this.body = body;
    this.text = text;
    this.value = new AnyValue(body, text);
  }

  /** Hands out an attribute. */
  void flatten(KeyValues attribute, PairSink sink) throws DecodeException {
    int from = attribute.valueFrom();
    int to = attribute.valueTo();
    if (value.kind(from, to) == AnyValue.MAP) {
      members(from, to, new Prefix(attribute.name() + "_", 1), sink);
    } else {
      value.read(from, to);
      sink.add(attribute.nameStart(), attribute.nameLength(), value.start(), value.length());
    }
  }

  /** What stands before the names of the members of a map, so many maps deep. */
  private record Prefix(String text, int depth) {
    Prefix and(String name) throws DecodeException {
      if (depth == MAX_DEPTH) {
        throw new DecodeException("attribute value is nested more than " + MAX_DEPTH + " deep");
      }
      return new Prefix(text + name + "_", depth + 1);
    }
  }

  private void members(int from, int to, Prefix prefix, PairSink sink) throws DecodeException {
    ProtobufReader reader = new ProtobufReader(body, from, to);
    while (reader.next()) {
      if (reader.field() == AnyValue.MAP) {
        reader.readBytes();
        KeyValues members = new KeyValues(body, reader.start(), reader.start() + reader.length());
        while (members.next()) {
          member(members, prefix, sink);
        }
      } else {
        reader.skip();
      }
    }
  }

  private void member(KeyValues member, Prefix prefix, PairSink sink) throws DecodeException {
    int from = member.valueFrom();
    int to = member.valueTo();
    if (value.kind(from, to) == AnyValue.MAP) {
      Prefix longer = prefix.and(member.name());
      text.spend(longer.text.length());
      members(from, to, longer, sink);
      return;
    }
    byte[] name = (prefix.text + member.name()).getBytes(StandardCharsets.UTF_8);
    int nameStart = text.append(name);
    value.read(from, to);
    sink.add(nameStart, name.length, value.start(), value.length());
  }
}
