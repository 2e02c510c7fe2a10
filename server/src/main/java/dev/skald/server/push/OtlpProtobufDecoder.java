package dev.skald.server.push;

import dev.skald.config.OtlpLimits.Action;
import dev.skald.distributor.MetadataNames;
import dev.skald.distributor.MetadataNames.InvalidNameException;
import dev.skald.distributor.PushPairs;
import dev.skald.distributor.PushRequest;
import dev.skald.distributor.PushRoom;
import dev.skald.server.push.OtlpText.Name;
import java.nio.charset.StandardCharsets;

/**
 * Decodes {@code ExportLogsServiceRequest} (http-api.md §5.2) and maps resources to streams,
 * records to entries, and everything else to structured metadata (§5.3). Fields may come in any
 * order, so a message is walked once for what its children need and once for the children.
 */
final class OtlpProtobufDecoder {
  private final byte[] body;
  private final OtlpMapping mapping;
  private final long now;
  private final PushRequest request;
  private final PushRoom room;
  private final OtlpText text;
  private final OtlpAttributes attributes;
  private final AnyValue line;
  private final OtlpRecord record;

  private OtlpProtobufDecoder(byte[] body, OtlpMapping mapping, long now, PushRoom room) {
    this.room = room;
    this.body = body;
    this.mapping = mapping;
    this.now = now;
    this.request = new PushRequest(body, body.length, room);
    this.text = new OtlpText(request, body.length);
    this.attributes = new OtlpAttributes(body, text);
    this.line = new AnyValue(body, text);
    this.record = new OtlpRecord(body);
  }

  /** Decodes a body with as much memory as it takes. */
  static PushRequest decode(byte[] body, OtlpMapping mapping, long now) throws DecodeException {
    return decode(body, mapping, now, PushRoom.UNBOUNDED);
  }

  /**
   * @param now the time of records that have none, in unix nanoseconds
   */
  static PushRequest decode(byte[] body, OtlpMapping mapping, long now, PushRoom room)
      throws DecodeException {
    OtlpProtobufDecoder decoder = new OtlpProtobufDecoder(body, mapping, now, room);
    decoder.each(1, 0, body.length, decoder::resourceLogs);
    return decoder.request;
  }

  private interface Message {
    void read(int from, int to) throws DecodeException;
  }

  /** Reads each of the messages that stand in one field of the message in a range. */
  private void each(int field, int from, int to, Message message) throws DecodeException {
    ProtobufReader reader = new ProtobufReader(body, from, to);
    while (reader.next()) {
      if (reader.field() == field) {
        reader.readBytes();
        message.read(reader.start(), reader.start() + reader.length());
      } else {
        reader.skip();
      }
    }
  }

  private void resourceLogs(int from, int to) throws DecodeException {
    LabelText labels = new LabelText(room);
    int group = request.beginGroup(PushPairs.NO_GROUP);
    each(1, from, to, (start, end) -> resource(start, end, labels));
    OtlpStreams streams = new OtlpStreams(request, text, labels);
    each(2, from, to, (start, end) -> scopeLogs(start, end, group, streams));
  }

  private void resource(int from, int to, LabelText labels) throws DecodeException {
    KeyValues pairs = new KeyValues(body, from, to);
    while (pairs.next()) {
      switch (mapping.resource(pairs.name())) {
        case INDEX_LABEL ->
            attributes.flatten(
                pairs,
                (name, nameLength, value, valueLength) ->
                    labels.set(labelName(text(name, nameLength)), text(value, valueLength)));
        case STRUCTURED_METADATA -> attributes.flatten(pairs, request::metadata);
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

  private String text(int start, int length) {
    return new String(request.bytes(), start, length, StandardCharsets.UTF_8);
  }

  private void scopeLogs(int from, int to, int resourceGroup, OtlpStreams streams)
      throws DecodeException {
    int group = request.beginGroup(resourceGroup);
    each(1, from, to, this::scope);
    streams.begin(group);
    each(2, from, to, (start, end) -> logRecord(start, end, streams));
  }

  private void scope(int from, int to) throws DecodeException {
    KeyValues pairs = new KeyValues(body, from, to, 3);
    while (pairs.next()) {
      if (mapping.scope(pairs.name()) != Action.DROP) {
        attributes.flatten(pairs, request::metadata);
      }
    }
    ProtobufReader reader = new ProtobufReader(body, from, to);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> {
          reader.readBytes();
          text.named(Name.SCOPE_NAME, reader.start(), reader.length());
        }
        case 2 -> {
          reader.readBytes();
          text.named(Name.SCOPE_VERSION, reader.start(), reader.length());
        }
        case 4 ->
            text.number(Name.SCOPE_DROPPED_ATTRIBUTES_COUNT, reader.readVarint() & 0xFFFFFFFFL);
        default -> reader.skip();
      }
    }
  }

  private void logRecord(int from, int to, OtlpStreams streams) throws DecodeException {
    record.read(from, to);
    String severity =
        mapping.severityTextAsLabel() ? text(record.severityStart(), record.severityLength()) : "";
    streams.next(severity);
    line.read(record.valueFrom(), record.valueTo());
    request.entry(record.time(now), line.start(), line.length());
    KeyValues pairs = new KeyValues(body, from, to, 6);
    while (pairs.next()) {
      if (!mapping.logRules() || mapping.log(pairs.name()) != Action.DROP) {
        attributes.flatten(pairs, request::metadata);
      }
    }
    record.addMetadata(text);
  }
}
