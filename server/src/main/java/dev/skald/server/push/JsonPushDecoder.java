package dev.skald.server.push;

import dev.skald.distributor.PushRequest;
import dev.skald.distributor.PushRoom;

/** Decodes Loki's JSON push (http-api.md §4.2). */
final class JsonPushDecoder extends JsonPush {
  private static final String STREAM = "streams[].stream";
  private static final String VALUES = "streams[].values";
  private static final String METADATA = "streams[].values[][2]";

  private final byte[] body;

  private JsonPushDecoder(byte[] body, PushRoom room) {
    super(body, room);
    this.body = body;
  }

  /** Decodes a body with as much memory as it takes; its bytes are changed. */
  static PushRequest decode(byte[] body) throws DecodeException {
    return decode(body, PushRoom.UNBOUNDED);
  }

  /** Decodes a body; its bytes are changed. */
  static PushRequest decode(byte[] body, PushRoom room) throws DecodeException {
    JsonPushDecoder decoder = new JsonPushDecoder(body, room);
    try {
      return decoder.decode();
    } catch (DecodeException e) {
      throw decoder.json.intact() ? JsonPushFault.inLokisWords(e, body) : e;
    }
  }

  @Override
  void stream() throws DecodeException {
    json.expect('{', "streams[]");
    request.stream(NO_LABELS);
    for (boolean first = true; json.nextKey(first, "streams[]"); first = false) {
      switch (json.text()) {
        case "stream" -> labels();
        case "values" -> values();
        default -> json.raw("streams[]");
      }
    }
  }

  private void labels() throws DecodeException {
    LabelText labels = new LabelText(room);
    json.expect('{', STREAM);
    for (boolean first = true; json.nextKey(first, STREAM); first = false) {
      String name = json.text();
      if (json.peek() == '"') {
        json.string(STREAM);
      } else {
        json.raw(STREAM);
      }
      labels.set(name, json.text());
    }
    request.labels(labels.toBytes());
  }

  private void values() throws DecodeException {
    if (json.takeNull()) {
      return;
    }
    json.expect('[', VALUES);
    for (boolean first = true; json.nextElement(first, VALUES); first = false) {
      if (!json.takeNull()) {
        entry();
      }
    }
  }

  private void entry() throws DecodeException {
    json.expect('[', VALUES + "[]");
    long timestamp = 0;
    int lineStart = 0;
    int lineLength = 0;
    request.entry(0, 0, 0);
    for (int i = 0; json.nextElement(i == 0, VALUES + "[]"); i++) {
      switch (i) {
        case 0 -> {
          json.string(VALUES + "[][0]");
          timestamp = Decimals.parseLong(body, json.start(), json.length(), VALUES + "[][0]");
        }
        case 1 -> {
          json.string(VALUES + "[][1]");
          lineStart = json.start();
          lineLength = json.length();
        }
        case 2 -> metadata(METADATA);
        default -> json.raw(VALUES + "[]");
      }
    }
    request.amendEntry(timestamp, lineStart, lineLength);
  }
}
