package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ingester.Entries.Entry;
import dev.skald.logql.Labels;
import dev.skald.storage.wal.PushRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ingester passes on to those who follow. */
final class RecordFeedTest {
  private static final long NOW = 1_000_000_000_000_000L;

  @TempDir private Path directory;
  private final List<PushRecord> followed = new CopyOnWriteArrayList<>();
  private final RecordFeed.Follower follower = followed::add;

  private List<Entry> entries() {
    RecordBatches batches = new RecordBatches(labels -> true);
    return followed.stream().flatMap(r -> Entries.of(batches.read(r)).stream()).toList();
  }

  private static Entry entry(String app, long after) {
    return new Entry(app, NOW + after, "line " + after);
  }

  @Test
  void passesOnWhatATenantStoresWhileItIsFollowed() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory)) {
      rig.start();
      rig.mustPush("t", entry("a", 0));
      rig.ingester.feed().follow("t", follower);
      rig.mustPush("t", entry("a", 1), entry("a", 2));
      rig.mustPush("other", entry("a", 3));
      rig.mustPush("t", entry("b", 4));
      rig.ingester.feed().leave("t", follower);
      rig.mustPush("t", entry("a", 5));

      assertThat(entries()).containsExactly(entry("a", 1), entry("a", 2), entry("b", 4));
    }
  }

  @Test
  void passesOnNothingThatWasStoredBefore() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory)) {
      rig.start();
      rig.ingester.feed().follow("t", follower);
      rig.mustPush("t", entry("a", 0));
      rig.mustPush("t", entry("a", 0), entry("a", 1));
      rig.ingester.flush();
      rig.mustPush("t", entry("a", 1), entry("a", 2));

      assertThat(entries()).containsExactly(entry("a", 0), entry("a", 1), entry("a", 2));
    }
  }

  @Test
  void passesOnNothingThatCouldNotBeLogged() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory)) {
      rig.start();
      rig.ingester.feed().follow("t", follower);
      rig.logs.syncFails = true;
      assertThat(rig.push("t", entry("a", 0))).failsWithin(Duration.ofSeconds(10));
      rig.logs.syncFails = false;
      rig.mustPush("t", entry("a", 1));

      assertThat(entries()).containsExactly(entry("a", 1));
    }
  }

  @Test
  void storesWhateverAFollowerDoes() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory)) {
      rig.start();
      rig.ingester
          .feed()
          .follow(
              "t",
              record -> {
                throw new IllegalStateException("a follower with a fault");
              });
      rig.mustPush("t", entry("a", 0));

      assertThat(rig.visible("t")).containsExactly(entry("a", 0));
    }
  }

  @Test
  void hasPassedOnAPushOnceItIsAnswered() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory)) {
      rig.start();
      rig.ingester.feed().follow("t", follower);
      for (int i = 0; i < 20; i++) {
        rig.mustPush("t", entry("a", i));
        assertThat(followed).hasSize(i + 1);
      }
    }
  }

  @Test
  void readsChosenStreamsWithTheirMetadata() {
    Labels a = Labels.of("app", "a");
    Labels b = Labels.of("app", "b");
    Entry unwanted = new Entry(b, 10, "b", Map.of("pod", "p1", "node", "n1"));
    Entry first = new Entry(a, 30, "first", Map.of("pod", "p1"));
    Entry earlier = new Entry(a, 20, "earlier", Map.of("node", "n1", "pod", "p2"));
    Entry bare = new Entry(a, 20, "bare", Map.of());
    PushRecord record = Entries.record("t", unwanted, first, earlier, bare);

    RecordBatches batches = new RecordBatches(labels -> labels.equals(a));
    for (int i = 0; i < 2; i++) {
      assertThat(Entries.of(batches.read(record))).containsExactly(first, earlier, bare);
    }
    assertThat(batches.read(record).runs()).hasSize(2);
    assertThat(batches.streams()).isEqualTo(1);
  }
}
