package dev.skald.server.push;

import dev.skald.config.OtlpLimits.Action;
import dev.skald.distributor.MetadataNames;
import dev.skald.distributor.MetadataNames.InvalidNameException;
import dev.skald.distributor.PushRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Decodes {@code ExportLogsServiceRequest} (http-api.md §5.2) and maps resources to streams,
 * records to entries, and everything else to structured metadata (§5.3). Fields may come in any
 * order, so a message is walked once for what its children need and once for the children.
 */
final class OtlpProtobufDecoder {
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] body;
  private final OtlpMapping mapping;
  private final long now;
  private final PushRequest request;
  private final AnyValue value;
  private final OtlpMetadata inherited = new OtlpMetadata();

  private OtlpProtobufDecoder(byte[] body, OtlpMapping mapping, long now) {
    this.body = body;
    this.mapping = mapping;
    this.now = now;
    this.request = new PushRequest(body, body.length);
    this.value = new AnyValue(body, request);
  }

  /**
   * @param now the time of records that have none, in unix nanoseconds
   */
  static PushRequest decode(byte[] body, OtlpMapping mapping, long now) throws DecodeException {
    OtlpProtobufDecoder decoder = new OtlpProtobufDecoder(body, mapping, now);
    ProtobufReader reader = new ProtobufReader(body, 0, body.length);
    while (reader.next()) {
      if (reader.field() == 1) {
        reader.readBytes();
        decoder.resourceLogs(reader.start(), reader.start() + reader.length());
      } else {
        reader.skip();
      }
    }
    return decoder.request;
  }

  private void resourceLogs(int from, int to) throws DecodeException {
    LabelText labels = new LabelText();
    inherited.clear();
    ProtobufReader reader = new ProtobufReader(body, from, to);
    while (reader.next()) {
      if (reader.field() == 1) {
        reader.readBytes();
        resource(reader.start(), reader.start() + reader.length(), labels);
      } else {
        reader.skip();
      }
    }
    byte[] text = labels.toBytes();
    int mark = inherited.size();
    reader.range(from, to);
    while (reader.next()) {
      if (reader.field() == 2) {
        reader.readBytes();
        scopeLogs(reader.start(), reader.start() + reader.length(), text);
        inherited.truncate(mark);
      } else {
        reader.skip();
      }
    }
  }

  private void resource(int from, int to, LabelText labels) throws DecodeException {
    KeyValues attributes = new KeyValues(body, from, to);
    while (attributes.next()) {
      switch (mapping.resource(attributes.name())) {
        case INDEX_LABEL -> {
          value.read(attributes.valueFrom(), attributes.valueTo());
          labels.set(labelName(attributes.name()), text(value.start(), value.length()));
        }
        case STRUCTURED_METADATA -> flatten(attributes, "", inherited);
        case DROP -> {}
      }
    }
  }

  private static String labelName(String attribute) throws DecodeException {
    try {
      return MetadataNames.normalise(attribute);
    } catch (InvalidNameException e) {
      throw new DecodeException(e.getMessage());
    }
  }

  private void scopeLogs(int from, int to, byte[] labels) throws DecodeException {
    ProtobufReader reader = new ProtobufReader(body, from, to);
    while (reader.next()) {
      if (reader.field() == 1) {
        reader.readBytes();
        scope(reader.start(), reader.start() + reader.length());
      } else {
        reader.skip();
      }
    }
    boolean begun = false;
    reader.range(from, to);
    while (reader.next()) {
      if (reader.field() == 2) {
        reader.readBytes();
        if (!begun) {
          request.stream(labels);
          begun = true;
        }
        logRecord(reader.start(), reader.start() + reader.length());
      } else {
        reader.skip();
      }
    }
  }

  private void scope(int from, int to) throws DecodeException {
    KeyValues attributes = new KeyValues(body, from, to, 3);
    while (attributes.next()) {
      if (mapping.scope(attributes.name()) != Action.DROP) {
        flatten(attributes, "", inherited);
      }
    }
    ProtobufReader reader = new ProtobufReader(body, from, to);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> {
          reader.readBytes();
          inherit("scope_name", reader.start(), reader.length());
        }
        case 2 -> {
          reader.readBytes();
          inherit("scope_version", reader.start(), reader.length());
        }
        case 4 -> {
          String count = Long.toString(reader.readVarint());
          inherit("scope_dropped_attributes_count", append(count), count.length());
        }
        default -> reader.skip();
      }
    }
  }

  private void inherit(String name, int start, int length) {
    inherited.add(append(name), name.length(), start, length);
  }

  private int append(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    return request.append(bytes, 0, bytes.length);
  }

  private void logRecord(int from, int to) throws DecodeException {
    long time = 0;
    long observed = 0;
    int lineStart = from;
    int lineLength = 0;
    request.entry(0, from, 0);
    PairSink own = request::metadata;
    ProtobufReader reader = new ProtobufReader(body, from, to);
    KeyValues attribute = new KeyValues(body, from, from);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> time = reader.readFixed64();
        case 2 -> number("severity_number", reader.readVarint());
        case 3 -> {
          reader.readBytes();
          if (reader.length() > 0) {
            named("severity_text", reader.start(), reader.length());
          }
        }
        case 5 -> {
          reader.readBytes();
          value.read(reader.start(), reader.start() + reader.length());
          lineStart = value.start();
          lineLength = value.length();
        }
        case 6 -> {
          reader.readBytes();
          attribute.read(reader.start(), reader.start() + reader.length());
          if (!mapping.logRules() || mapping.log(attribute.name()) != Action.DROP) {
            flatten(attribute, "", own);
          }
        }
        case 7 -> number("dropped_attributes_count", reader.readVarint());
        case 8 -> number("flags", reader.readFixed32() & 0xFFFFFFFFL);
        case 9 -> hex("trace_id", reader);
        case 10 -> hex("span_id", reader);
        case 11 -> observed = reader.readFixed64();
        default -> reader.skip();
      }
    }
    if (time != 0 && observed != 0) {
      number("observed_timestamp", observed);
    }
    inherited.copyTo(own);
    request.amendEntry(time != 0 ? time : observed != 0 ? observed : now, lineStart, lineLength);
  }

  private void number(String name, long number) {
    if (number != 0) {
      String text = Long.toString(number);
      named(name, append(text), text.length());
    }
  }

  private void hex(String name, ProtobufReader reader) throws DecodeException {
    reader.readBytes();
    if (reader.length() > 0) {
      String text = HEX.formatHex(body, reader.start(), reader.start() + reader.length());
      named(name, append(text), text.length());
    }
  }

  private void named(String name, int start, int length) {
    request.metadata(append(name), name.length(), start, length);
  }

  /** Adds an attribute; a map becomes a pair for each of its members, {@code os_type}. */
  private void flatten(KeyValues attribute, String prefix, PairSink sink) throws DecodeException {
    int from = attribute.valueFrom();
    int to = attribute.valueTo();
    if (value.kind(from, to) == AnyValue.MAP) {
      ProtobufReader reader = new ProtobufReader(body, from, to);
      String name = prefix + attribute.name() + "_";
      while (reader.next()) {
        reader.readBytes();
        KeyValues members = new KeyValues(body, reader.start(), reader.start() + reader.length());
        while (members.next()) {
          flatten(members, name, sink);
        }
      }
      return;
    }
    value.read(from, to);
    int start = value.start();
    int length = value.length();
    if (prefix.isEmpty()) {
      sink.add(attribute.nameStart(), attribute.nameLength(), start, length);
    } else {
      byte[] name = (prefix + attribute.name()).getBytes(StandardCharsets.UTF_8);
      sink.add(request.append(name, 0, name.length), name.length, start, length);
    }
  }

  private String text(int start, int length) {
    return new String(request.bytes(), start, length, StandardCharsets.UTF_8);
  }
}
