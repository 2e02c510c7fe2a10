package dev.skald.storage.segment;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.storage.Batches;
import dev.skald.storage.TestEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Entries that look like those of a web shop: logfmt lines, ids, a few values that repeat. */
public final class GeneratedLogs {
  private static final long START = 20_000L * 86_400_000_000_000L;
  private static final List<String> LEVELS = List.of("info", "info", "info", "warn", "error");

  private GeneratedLogs() {}

  static Batch batch(int entries, int streams) {
    return batch(entries, streams, 42);
  }

  /** Returns entries of one day from its begin on. */
  public static Batch batch(int entries, int streams, long seed) {
    Random random = new Random(seed);
    List<TestEntry> made = new ArrayList<>(entries);
    long time = START;
    for (int i = 0; i < entries; i++) {
      time += random.nextInt(200_000_000);
      int stream = random.nextInt(streams);
      Labels labels = Labels.of("app", "shop-" + stream % 7, "pod", "pod-" + stream);
      String level = LEVELS.get(random.nextInt(LEVELS.size()));
      made.add(TestEntry.of(labels, time, line(random, level), metadata(random, level)));
    }
    return Batches.of(made);
  }

  private static String line(Random random, String level) {
    return "level=%s method=GET path=/cart/%d status=%d duration=%dms user=%08x msg=\"request done\""
        .formatted(
            level,
            random.nextInt(1000),
            random.nextInt(5) == 0 ? 500 : 200,
            random.nextInt(3000),
            random.nextInt());
  }

  private static Map<String, String> metadata(Random random, String level) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("detected_level", level);
    if (random.nextInt(3) == 0) {
      metadata.put("trace_id", "%016x%016x".formatted(random.nextLong(), random.nextLong()));
    }
    return metadata;
  }
}
