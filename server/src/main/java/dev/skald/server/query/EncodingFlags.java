package dev.skald.server.query;

import dev.skald.server.http.Request;
import java.util.Arrays;

/** Reads {@code X-Loki-Response-Encoding-Flags} (http-api.md §1.4). */
final class EncodingFlags {
  private EncodingFlags() {}

  /** Returns whether entries are to tell their labels apart by where they come from (§3.3). */
  static boolean categorizes(Request request) {
    return Arrays.stream(request.header("X-Loki-Response-Encoding-Flags").split(","))
        .anyMatch(flag -> flag.strip().equals("categorize-labels"));
  }
}
