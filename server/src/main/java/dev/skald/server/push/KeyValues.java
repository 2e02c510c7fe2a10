package dev.skald.server.push;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the {@code KeyValue} messages of a list, in place: field 1 of the range, whatever the
 * message is. Not safe for use by several threads.
 */
final class KeyValues {
  private final byte[] body;
  private final ProtobufReader list;
  private final ProtobufReader pair;
  private final int listField;
  private int nameStart;
  private int nameLength;
  private int valueFrom;
  private int valueTo;

  KeyValues(byte[] body, int from, int to) {
    this(body, from, to, 1);
  }

  /**
   * @param listField the field of the message in which the pairs stand
   */
  KeyValues(byte[] body, int from, int to, int listField) {
    this.body = body;
    this.list = new ProtobufReader(body, from, to);
    this.pair = new ProtobufReader(body, from, from);
    this.listField = listField;
  }

  boolean next() throws DecodeException {
    while (list.next()) {
      if (list.field() == listField) {
        list.readBytes();
        read(list.start(), list.start() + list.length());
        return true;
      }
      list.skip();
    }
    return false;
  }

  /** Reads one pair that stands in a range. */
  void read(int from, int to) throws DecodeException {
    nameStart = from;
    nameLength = 0;
    valueFrom = from;
    valueTo = from;
    pair.range(from, to);
    while (pair.next()) {
      switch (pair.field()) {
        case 1 -> {
          pair.readBytes();
          nameStart = pair.start();
          nameLength = pair.length();
        }
        case 2 -> {
          pair.readBytes();
          valueFrom = pair.start();
          valueTo = valueFrom + pair.length();
        }
        default -> pair.skip();
      }
    }
  }

  int nameStart() {
    return nameStart;
  }

  int nameLength() {
    return nameLength;
  }

  String name() {
    return new String(body, nameStart, nameLength, StandardCharsets.UTF_8);
  }

  int valueFrom() {
    return valueFrom;
  }

  int valueTo() {
    return valueTo;
  }
}
