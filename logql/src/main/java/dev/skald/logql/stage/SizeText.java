package dev.skald.logql.stage;

import dev.skald.logql.syntax.ByteSizes;
import java.nio.charset.StandardCharsets;

/** Sizes as label values spell them, read as {@link ByteSizes#parse} reads text. */
final class SizeText {
  private SizeText() {}

  /** Converts a range of bytes; false with Loki's message where it is no size. */
  static boolean parse(byte[] bytes, int from, int to, Converted out) {
    try {
      String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      return out.integer(ByteSizes.parse(text));
    } catch (IllegalArgumentException e) {
      return out.fail(e.getMessage());
    }
  }
}
