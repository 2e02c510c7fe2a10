package dev.skald.server.push;

import dev.skald.distributor.PushRequest;
import dev.skald.distributor.PushRoom;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Decodes the JSON of {@code /api/prom/push} (http-api.md §4.4). */
final class LegacyJsonPushDecoder extends JsonPush {
  private static final String STREAM = "streams[]";
  private static final String ENTRY = "streams[].entries[]";

  private LegacyJsonPushDecoder(byte[] body, PushRoom room) {
    super(body, room);
  }

  /** Decodes a body with as much memory as it takes; its bytes are changed. */
  static PushRequest decode(byte[] body) throws DecodeException {
    return decode(body, PushRoom.UNBOUNDED);
  }

  /** Decodes a body; its bytes are changed. */
  static PushRequest decode(byte[] body, PushRoom room) throws DecodeException {
    return new LegacyJsonPushDecoder(body, room).decode();
  }

  @Override
  void stream() throws DecodeException {
    json.expect('{', STREAM);
    request.stream(NO_LABELS);
    for (boolean first = true; json.nextKey(first, STREAM); first = false) {
      switch (json.text()) {
        case "labels" -> {
          json.string(STREAM + ".labels");
          request.labels(json.text().getBytes(StandardCharsets.UTF_8));
        }
        case "entries" -> entries();
        default -> json.raw(STREAM);
      }
    }
  }

  private void entries() throws DecodeException {
    if (json.takeNull()) {
      return;
    }
    json.expect('[', STREAM + ".entries");
    for (boolean first = true; json.nextElement(first, STREAM + ".entries"); first = false) {
      entry();
    }
  }

  private void entry() throws DecodeException {
    json.expect('{', ENTRY);
    long timestamp = 0;
    int lineStart = 0;
    int lineLength = 0;
    request.entry(0, 0, 0);
    for (boolean first = true; json.nextKey(first, ENTRY); first = false) {
      switch (json.text()) {
        case "ts" -> {
          json.string(ENTRY + ".ts");
          timestamp = timestamp(json.text());
        }
        case "line" -> {
          json.string(ENTRY + ".line");
          lineStart = json.start();
          lineLength = json.length();
        }
        case "structuredMetadata" -> {
          if (!json.takeNull()) {
            metadata(ENTRY + ".structuredMetadata");
          }
        }
        default -> json.raw(ENTRY);
      }
    }
    request.amendEntry(timestamp, lineStart, lineLength);
  }

  private static long timestamp(String text) throws DecodeException {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw new DecodeException(ENTRY + ".ts: want a time as RFC 3339, got \"" + text + "\"");
    }
  }
}
