package dev.skald.server.push;

import dev.skald.distributor.PushRequest;
import dev.skald.distributor.PushRoom;

/**
 * What the two forms of a JSON push have in common: an object with a list of streams, and
 * structured metadata as an object of strings. One value is read; what follows it is ignored, as
 * are keys that nobody knows.
 */
abstract sealed class JsonPush permits JsonPushDecoder, LegacyJsonPushDecoder {
  static final byte[] NO_LABELS = {'{', '}'};

  final JsonCursor json;
  final PushRequest request;
  final PushRoom room;

  /**
   * @param body is changed
   */
  JsonPush(byte[] body, PushRoom room) {
    this.json = new JsonCursor(body, body.length);
    this.room = room;
    this.request = new PushRequest(body, body.length, room);
  }

  final PushRequest decode() throws DecodeException {
    if (json.peek() < 0) {
      throw new DecodeException("EOF");
    }
    if (json.takeNull()) {
      return request;
    }
    json.expect('{', "push request");
    for (boolean first = true; json.nextKey(first, "push request"); first = false) {
      if (json.text().equalsIgnoreCase("streams")) {
        streams();
      } else {
        json.raw("push request");
      }
    }
    return request;
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

  /** Takes the stream at the cursor. */
  abstract void stream() throws DecodeException;

  /** Takes the structured metadata of the newest entry. */
  final void metadata(String where) throws DecodeException {
    json.expect('{', where);
    for (boolean first = true; json.nextKey(first, where); first = false) {
      int nameStart = json.start();
      int nameLength = json.length();
      json.string(where);
      request.metadata(nameStart, nameLength, json.start(), json.length());
    }
  }
}
