package dev.skald.server.push;

import dev.skald.server.push.OtlpText.Name;
import java.util.HexFormat;

/**
 * The fields of one {@code LogRecord} but for its attributes, in place (http-api.md §5.2). Reused
 * from record to record; not safe for use by several threads.
 */
final class OtlpRecord {
  private static final HexFormat HEX = HexFormat.of();

  /** A part of the body. */
  private static final class Range {
    private int start;
    private int length;

    private void clear(int at) {
      start = at;
      length = 0;
    }

    private void read(ProtobufReader reader) throws DecodeException {
      reader.readBytes();
      start = reader.start();
      length = reader.length();
    }
  }

  private final byte[] bytes;
  private final Range value = new Range();
  private final Range severityText = new Range();
  private final Range traceId = new Range();
  private final Range spanId = new Range();
  private long time;
  private long observedTime;
  private int severityNumber;
  private long droppedAttributes;
  private long flags;

  OtlpRecord(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads the record in a range. */
  void read(int from, int to) throws DecodeException {
    clear(from);
    ProtobufReader reader = new ProtobufReader(bytes, from, to);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> time = reader.readFixed64();
        case 2 -> severityNumber = (int) reader.readVarint();
        case 3 -> severityText.read(reader);
        case 5 -> value.read(reader);
        case 7 -> droppedAttributes = reader.readVarint() & 0xFFFFFFFFL;
        case 8 -> flags = reader.readFixed32() & 0xFFFFFFFFL;
        case 9 -> traceId.read(reader);
        case 10 -> spanId.read(reader);
        case 11 -> observedTime = reader.readFixed64();
        default -> reader.skip();
      }
    }
  }

  private void clear(int at) {
    time = 0;
    observedTime = 0;
    severityNumber = 0;
    droppedAttributes = 0;
    flags = 0;
    value.clear(at);
    severityText.clear(at);
    traceId.clear(at);
    spanId.clear(at);
  }

  /** The time of the entry, in unix nanoseconds. */
  long time(long now) {
    return time != 0 ? time : observedTime != 0 ? observedTime : now;
  }

  /** Where the value that becomes the line begins. */
  int valueFrom() {
    return value.start;
  }

  int valueTo() {
    return value.start + value.length;
  }

  int severityStart() {
    return severityText.start;
  }

  int severityLength() {
    return severityText.length;
  }

  /** Adds what is set as structured metadata, in the order of http-api.md §5.3. */
  void addMetadata(OtlpText text) throws DecodeException {
    if (time != 0) {
      text.number(Name.OBSERVED_TIMESTAMP, observedTime);
    }
    text.number(Name.SEVERITY_NUMBER, severityNumber);
    text.named(Name.SEVERITY_TEXT, severityText.start, severityText.length);
    text.number(Name.DROPPED_ATTRIBUTES_COUNT, droppedAttributes);
    text.number(Name.FLAGS, flags);
    hex(Name.TRACE_ID, traceId, text);
    hex(Name.SPAN_ID, spanId, text);
  }

  private void hex(Name name, Range id, OtlpText text) throws DecodeException {
    if (id.length > 0) {
      text.named(name, HEX.formatHex(bytes, id.start, id.start + id.length));
    }
  }
}
