package dev.skald.storage;

import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.CatalogReader;
import dev.skald.storage.catalog.CatalogSnapshot;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.Garbage;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** A catalog with everything that one may hold: a checkpoint, and an edit of every change. */
final class GoldenCatalog {
  static final LogId LOG = new LogId(0x1122334455667788L, 0x99aabbccddeeff00L);

  private static final long DAY = 86_400_000_000_000L;
  private static final Instant NOW = Instant.ofEpochSecond(20_000L * 86_400, 123_456_789);
  private static final int MOST_EDITS = 1000;

  private GoldenCatalog() {}

  /** Makes the newest checkpoint and the edits after it. */
  static MemoryStore make() throws IOException {
    MemoryStore store = new MemoryStore();
    CorruptionListener none = corrupt -> {};
    try (Catalog catalog = Catalog.open(store, LOG, () -> NOW, none)) {
      List<SegmentEntry> segments =
          List.of(segment(catalog, 0, 0), segment(catalog, 1, 0), segment(catalog, 2, 0));
      catalog.commit(
          CatalogEdit.builder()
              .addAll(segments)
              .put(request("d0", DeleteRequest.Status.RECEIVED))
              .put(request("d1", DeleteRequest.Status.RECEIVED))
              .build());
      catalog.commit(
          CatalogEdit.builder().remove(segments.get(2), NOW, Duration.ofHours(2)).build());
      checkpoint(catalog, store);
      catalog.commit(lastEdit(catalog, segments));
    }
    return store;
  }

  private static CatalogEdit lastEdit(Catalog catalog, List<SegmentEntry> segments)
      throws IOException {
    Garbage old = catalog.snapshot().garbage().iterator().next();
    return CatalogEdit.builder()
        .add(segment(catalog, 3, SegmentEntry.MERGED))
        .remove(segments.get(0), NOW, Duration.ofMinutes(5))
        .sweep(old)
        .seal(LOG, new HeadId(5000))
        .forget(LOG, new HeadId(3))
        .put(request("d2", DeleteRequest.Status.RECEIVED))
        .drop(request("d0", DeleteRequest.Status.RECEIVED))
        .build();
  }

  /** Seals heads until there is a new checkpoint, and removes what is older than it. */
  private static void checkpoint(Catalog catalog, MemoryStore store) throws IOException {
    for (int head = 0; head < MOST_EDITS; head++) {
      List<String> before = states(store);
      catalog.commit(CatalogEdit.builder().seal(LOG, new HeadId(head * 2L + 1)).build());
      if (head > 0 && !states(store).equals(before)) {
        String newest = states(store).getLast();
        String after = newest.replace(".state", ".edit");
        store.objects.keySet().removeIf(key -> !key.equals(newest) && key.compareTo(after) <= 0);
        return;
      }
    }
    throw new AssertionError("no checkpoint after " + MOST_EDITS + " edits");
  }

  private static List<String> states(MemoryStore store) {
    return store.objects.keySet().stream().filter(key -> key.endsWith(".state")).toList();
  }

  private static SegmentEntry segment(Catalog catalog, int index, int level) throws IOException {
    long start = (20_000L + index) * DAY;
    String tenant = index == 1 ? "team-ä" : "team-b";
    return new SegmentEntry(
        catalog.nextSegmentNumber(),
        tenant,
        20_000L + index,
        level,
        "segments/" + index + ".seg",
        1L << (20 + index),
        300,
        2,
        3,
        start,
        start + DAY - 1,
        level == 0 ? OptionalLong.of(index) : OptionalLong.empty());
  }

  private static DeleteRequest request(String id, DeleteRequest.Status status) {
    long start = 20_000L * DAY;
    return new DeleteRequest(
        id, "team-b", "{a=\"b\"} |= \"ü\"", start, start + 1, start + 2, status);
  }

  /** Returns what a catalog says as text, one thing a line. */
  static String text(MemoryStore store) throws IOException {
    CatalogSnapshot catalog =
        CatalogReader.open(
                store,
                corrupt -> {
                  throw new AssertionError(corrupt);
                })
            .snapshot();
    StringJoiner text = new StringJoiner("\n", "", "\n");
    for (SegmentEntry s : catalog.segments()) {
      text.add(
          "segment %d %s day %d level %d".formatted(s.number(), s.tenant(), s.day(), s.level()));
      text.add("  %s %d bytes, tail %d".formatted(s.key(), s.bytes(), s.tailLength()));
      text.add("  %d streams, %d entries".formatted(s.streams(), s.entries()));
      text.add("  %d to %d, head %s".formatted(s.minTime(), s.maxTime(), s.head()));
    }
    for (Garbage g : catalog.garbage()) {
      text.add("garbage %s %d %s %s".formatted(g.key(), g.bytes(), g.removed(), g.delay()));
    }
    for (DeleteRequest r : catalog.deleteRequests()) {
      text.add(
          "delete %s %s %s %d %d %d %s"
              .formatted(
                  r.id(), r.tenant(), r.query(), r.start(), r.end(), r.created(), r.status()));
    }
    StringJoiner heads = new StringJoiner(" ", "heads ", "");
    for (int head = 0; head < 6000; head++) {
      if (catalog.sealed(LOG, new HeadId(head))) {
        heads.add(Integer.toString(head));
      }
    }
    return text.add(heads.toString()).toString();
  }
}
