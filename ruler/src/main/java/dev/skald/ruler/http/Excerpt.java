package dev.skald.ruler.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the beginning of a body, however long it is. For one reply. */
final class Excerpt implements Consumer<Optional<byte[]>> {
  private static final int MOST_BYTES = 512;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Override
  public void accept(Optional<byte[]> part) {
    part.ifPresent(bytes -> kept.write(bytes, 0, Math.min(bytes.length, MOST_BYTES - kept.size())));
  }

  String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
