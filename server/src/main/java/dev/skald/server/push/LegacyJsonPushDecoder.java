package dev.skald.server.push;

import dev.skald.distributor.PushRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Decodes the JSON of {@code /api/prom/push} (http-api.md §4.4). */
final class LegacyJsonPushDecoder {
  private static final String STREAM = "streams[]";
  private static final String ENTRY = "streams[].entries[]";
  private static final byte[] NO_LABELS = {'{', '}'};

  private final JsonCursor json;
  private final PushRequest request;

  private LegacyJsonPushDecoder(byte[] body) {
    this.json = new JsonCursor(body, body.length);
    this.request = new PushRequest(body, body.length);
  }

  /** Decodes a body; its bytes are changed. */
  static PushRequest decode(byte[] body) throws DecodeException {
    LegacyJsonPushDecoder decoder = new LegacyJsonPushDecoder(body);
    decoder.top();
    return decoder.request;
  }

  private void top() throws DecodeException {
    if (json.peek() < 0) {
      throw new DecodeException("EOF");
    }
    if (json.takeNull()) {
      return;
    }
    json.expect('{', "push request");
    for (boolean first = true; json.nextKey(first, "push request"); first = false) {
      if (json.text().equals("streams")) {
        streams();
      } else {
        json.raw("push request");
      }
    }
  }

  private void streams() throws DecodeException {
    if (json.takeNull()) {
      return;
    }
    json.expect('[', "streams");
    for (boolean first = true; json.nextElement(first, "streams"); first = false) {
      stream();
    }
  }

  private void stream() throws DecodeException {
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
        case "structuredMetadata" -> metadata();
        default -> json.raw(ENTRY);
      }
    }
    request.amendEntry(timestamp, lineStart, lineLength);
  }

  private void metadata() throws DecodeException {
    if (json.takeNull()) {
      return;
    }
    String where = ENTRY + ".structuredMetadata";
    json.expect('{', where);
    for (boolean first = true; json.nextKey(first, where); first = false) {
      int nameStart = json.start();
      int nameLength = json.length();
      json.string(where);
      request.metadata(nameStart, nameLength, json.start(), json.length());
    }
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
