package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.batch.Batch;
import dev.skald.storage.segment.GeneratedLogs;
import dev.skald.storage.segment.SegmentOptions;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MergeMemoryTest {
  private static final SegmentOptions TINY = new SegmentOptions(1, 200, 1 << 20, 4 << 10);

  @TempDir Path directory;

  /** A batch holds a page of lines of an input, and its part of the columns. */
  @Test
  void holdsTheBatchesOfOneBlockHoweverLargeTheInputsAre() throws Exception {
    Inputs inputs = new Inputs(directory);
    for (int i = 0; i < 4; i++) {
      inputs.put(GeneratedLogs.batch(10_000, 5, i), TINY);
    }
    List<WeakReference<Batch>> handedOut = new ArrayList<>();
    int[] most = {0};
    RowFilter counting =
        rows -> {
          handedOut.add(new WeakReference<>(rows));
          if (handedOut.size() % 100 == 0) {
            System.gc();
            long held = handedOut.stream().filter(batch -> batch.get() != null).count();
            most[0] = Math.max(most[0], (int) held);
          }
          return null;
        };
    inputs.written(counting, Pace.UNLIMITED, TINY).orElseThrow();
    assertThat(handedOut.size()).isGreaterThan(400);
    // A block of 200 rows has rows of eight or so batches of an input that is alone, of a few each
    // of four; besides each input holds the one that it reads.
    assertThat(most[0]).isBetween(1, 40);
  }
}
