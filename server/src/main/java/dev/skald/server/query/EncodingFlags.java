package dev.skald.server.query;

import dev.skald.server.http.Request;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code X-Loki-Response-Encoding-Flags} asks for (http-api.md §1.4). Replies repeat all
 * flags, those too that nobody knows.
 */
record EncodingFlags(List<String> names) {
  static final EncodingFlags NONE = new EncodingFlags(List.of());

  EncodingFlags {
    names = List.copyOf(names);
  }

  static EncodingFlags of(Request request) {
    return new EncodingFlags(
        Arrays.stream(request.header("X-Loki-Response-Encoding-Flags").split(","))
            .map(String::strip)
            .filter(flag -> !flag.isEmpty())
            .distinct()
            .toList());
  }

  /** Returns whether entries are to tell their labels apart by where they come from (§3.3). */
  boolean categorize() {
    return names.contains("categorize-labels");
  }

  /** Writes the flags as a member that is not the first; nothing if there are none. */
  void write(JsonOutput out) {
    if (names.isEmpty()) {
      return;
    }
    out.raw(",\"encodingFlags\":[");
    for (int i = 0; i < names.size(); i++) {
      out.raw(i == 0 ? "" : ",").string(names.get(i));
    }
    out.raw(']');
  }
}
