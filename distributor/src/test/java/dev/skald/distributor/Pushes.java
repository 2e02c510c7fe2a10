package dev.skald.distributor;

import dev.skald.logql.batch.Slice;
import java.nio.charset.StandardCharsets;

/** Builds requests from text. */
final class Pushes {
  private final PushRequest request = new PushRequest(new byte[0], 0);

  static Pushes request() {
    return new Pushes();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Slice slice(String text) {
    Slice slice = new Slice();
    byte[] bytes = utf8(text);
    slice.set(bytes, 0, bytes.length);
    return slice;
  }

  Pushes stream(String labels) {
    request.stream(utf8(labels));
    return this;
  }

  /** A stream whose entries share pairs: names and values in turn. */
  Pushes stream(String labels, String... pairs) {
    int group = request.beginGroup(PushPairs.NO_GROUP);
    metadata(pairs);
    request.stream(utf8(labels), group);
    return this;
  }

  /** An entry with its pairs: names and values in turn. */
  Pushes entry(long timestamp, String line, String... pairs) {
    byte[] bytes = utf8(line);
    request.entry(timestamp, request.append(bytes, 0, bytes.length), bytes.length);
    metadata(pairs);
    return this;
  }

  private void metadata(String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      metadata(utf8(pairs[i]), utf8(pairs[i + 1]));
    }
  }

  Pushes metadata(byte[] name, byte[] value) {
    int nameAt = request.append(name, 0, name.length);
    int valueAt = request.append(value, 0, value.length);
    request.metadata(nameAt, name.length, valueAt, value.length);
    return this;
  }

  PushRequest build() {
    return request;
  }
}
