package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.storage.Batches;
import dev.skald.storage.TestEntry;
import dev.skald.storage.object.CorruptDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentMergeTest {
  private static final Labels A = Labels.of("app", "a");
  private static final Labels B = Labels.of("app", "b");

  @TempDir Path directory;

  private static TestEntry entry(Labels labels, long time, String line, String... metadata) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < metadata.length; i += 2) {
      pairs.put(metadata[i], metadata[i + 1]);
    }
    return TestEntry.of(labels, Inputs.START + time, line, pairs);
  }

  /** Entries of few streams and times, so that much is equal. */
  private static List<TestEntry> random(Random random, int size) {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Labels labels = random.nextBoolean() ? A : Labels.of("app", "s" + random.nextInt(5));
      String line = "line " + random.nextInt(3) + "x".repeat(random.nextInt(30));
      List<String> metadata = new ArrayList<>();
      if (random.nextInt(3) == 0) {
        metadata.addAll(List.of("level", random.nextBoolean() ? "info" : "warn"));
      }
      if (random.nextInt(4) == 0) {
        metadata.addAll(List.of("id", "%08x".formatted(random.nextInt())));
      }
      entries.add(entry(labels, random.nextInt(size), line, metadata.toArray(String[]::new)));
    }
    return entries;
  }

  /** All entries in the order of a segment, each as often as the input that has it most often. */
  private static List<TestEntry> oracle(List<List<TestEntry>> inputs) {
    List<TestEntry> merged = new ArrayList<>();
    Map<TestEntry, Integer> taken = new HashMap<>();
    for (List<TestEntry> input : inputs) {
      Map<TestEntry, Integer> here = new HashMap<>();
      for (TestEntry entry : Batches.sorted(input)) {
        if (here.merge(entry, 1, Integer::sum) > taken.getOrDefault(entry, 0)) {
          merged.add(entry);
          taken.merge(entry, 1, Integer::sum);
        }
      }
    }
    return Batches.sorted(merged);
  }

  private Path place;

  @BeforeProperty
  void makePlace() throws IOException {
    place = Files.createTempDirectory("merge");
  }

  @AfterProperty
  void removePlace() throws IOException {
    Files.delete(place);
  }

  @Property(tries = 150)
  void givesEveryEntryOfAllInputsInOrder(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Inputs inputs = new Inputs(place);
    List<List<TestEntry>> lists = new ArrayList<>();
    long size = 0;
    for (int i = 0; i <= random.nextInt(5); i++) {
      List<TestEntry> list = new ArrayList<>(random(random, 1 + random.nextInt(60)));
      if (!lists.isEmpty() && random.nextBoolean()) {
        // A part of an earlier one is sent again.
        List<TestEntry> earlier = lists.get(random.nextInt(lists.size()));
        list.addAll(earlier.subList(0, random.nextInt(earlier.size() + 1)));
      }
      lists.add(list);
      inputs.add(list);
      size += list.size();
    }
    List<TestEntry> wanted = oracle(lists);
    assertThat(inputs.merge()).isEqualTo(wanted);
    assertThat(inputs.duplicates).isEqualTo(size - wanted.size());
  }

  @Test
  void keepsTheOrderOfArrivalWhereTimesAreEqual() throws IOException {
    Inputs inputs = new Inputs(directory);
    inputs.add(List.of(entry(A, 5, "z"), entry(A, 5, "y"), entry(B, 5, "q")));
    inputs.add(List.of(entry(A, 4, "early"), entry(A, 5, "x")));
    inputs.add(List.of(entry(A, 5, "a"), entry(A, 6, "late")));
    assertThat(inputs.merge())
        .isEqualTo(
            List.of(
                entry(A, 4, "early"),
                entry(A, 5, "z"),
                entry(A, 5, "y"),
                entry(A, 5, "x"),
                entry(A, 5, "a"),
                entry(A, 6, "late"),
                entry(B, 5, "q")));
  }

  @Test
  void leavesOutWhatWasSentAgainOnly() throws IOException {
    Inputs inputs = new Inputs(directory);
    inputs.add(List.of(entry(A, 1, "x"), entry(A, 1, "x"), entry(A, 2, "y", "id", "1")));
    inputs.add(
        List.of(
            entry(A, 1, "x"),
            entry(A, 2, "y", "id", "2"),
            entry(A, 2, "y"),
            entry(A, 2, "y", "id", "1"),
            entry(B, 1, "x")));
    assertThat(inputs.merge())
        .isEqualTo(
            List.of(
                entry(A, 1, "x"),
                entry(A, 1, "x"),
                entry(A, 2, "y", "id", "1"),
                entry(A, 2, "y", "id", "2"),
                entry(A, 2, "y"),
                entry(B, 1, "x")));
    assertThat(inputs.duplicates).isEqualTo(2);
  }

  @Test
  void keepsMoreEqualEntriesOfOneNanosecondThanItCanCompare() throws IOException {
    List<TestEntry> many = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      many.add(entry(A, 1, "line " + i));
    }
    Inputs inputs = new Inputs(directory).add(many).add(many);
    assertThat(inputs.merge()).hasSize(5000 + 904).containsAll(many);
  }

  @Test
  void dropsTheRowsThatTheFilterDrops() throws IOException {
    Inputs inputs = new Inputs(directory);
    inputs.add(random(new Random(1), 100)).add(random(new Random(2), 100));
    List<TestEntry> all = inputs.merge();
    inputs.entries.removeLast();
    RowFilter evenTimesOfA =
        rows -> {
          BitSet kept = new BitSet();
          for (Batch.Run run : rows.runs()) {
            for (int row = run.from(); row < run.to(); row++) {
              kept.set(row, rows.timestamps()[row] % 2 == 0 && run.labels().equals(A));
            }
          }
          return kept;
        };
    assertThat(inputs.merge(evenTimesOfA, Pace.UNLIMITED, Inputs.SMALL))
        .isEqualTo(all.stream().filter(e -> e.time() % 2 == 0 && e.labels().equals(A)).toList())
        .isNotEmpty();
  }

  @Test
  void nothingLeftMakesNoSegment() throws IOException {
    Inputs inputs = new Inputs(directory).add(random(new Random(1), 100));
    assertThat(inputs.merge(rows -> new BitSet(), Pace.UNLIMITED, Inputs.SMALL)).isEmpty();
    assertThat(inputs.entries).hasSize(1);
  }

  @Test
  void aChangedByteOfAnInputStopsItAndNamesTheInput() throws IOException {
    int counts = 0;
    for (int at = 12; ; at += 97) {
      Inputs inputs = new Inputs(directory);
      inputs.add(random(new Random(1), 100)).add(random(new Random(2), 100));
      byte[] stored = inputs.store.objects.get(Inputs.key(1));
      if (at >= stored.length - inputs.entries.get(1).tailLength()) {
        break;
      }
      stored[at] ^= 1;
      byte[] evidence = stored.clone();
      try {
        inputs.merge();
        counts++;
      } catch (CorruptDataException expected) {
        assertThat(expected.path()).isEqualTo(Inputs.key(1));
        assertThat(inputs.store.objects.get(Inputs.key(1))).isEqualTo(evidence);
        assertNothingIsLeft();
      }
    }
    // Only the counts by minute before the tail are of no use to a merge: they are made anew.
    assertThat(counts).isLessThanOrEqualTo(3);
  }

  @Test
  void anInputCutShortStopsIt() throws IOException {
    Inputs inputs = new Inputs(directory);
    inputs.add(random(new Random(1), 100)).add(random(new Random(2), 100));
    byte[] stored = inputs.store.objects.get(Inputs.key(0));
    inputs.store.objects.put(Inputs.key(0), Arrays.copyOf(stored, stored.length - 1));
    assertThatThrownBy(inputs::merge)
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining(Inputs.key(0));
  }

  @Test
  void stopsWhereThePaceSaysSoAndLeavesNothing() throws IOException {
    Inputs inputs = new Inputs(directory).add(random(new Random(1), 100));
    int[] calls = {0};
    Pace stopping =
        bytes -> {
          if (++calls[0] == 3) {
            throw new CancellationException("stop");
          }
        };
    assertThatThrownBy(() -> inputs.merge(RowFilter.ALL, stopping, Inputs.SMALL))
        .isInstanceOf(CancellationException.class);
    assertThat(calls[0]).isEqualTo(3);
    assertNothingIsLeft();
  }

  @Test
  void tellsThePaceOfAllBytes() throws IOException {
    Inputs inputs =
        new Inputs(directory).add(random(new Random(1), 100)).add(random(new Random(2), 100));
    long[] spent = {0};
    inputs.merge(RowFilter.ALL, bytes -> spent[0] += bytes, Inputs.SMALL);
    long stored = inputs.entries.get(0).bytes() + inputs.entries.get(1).bytes();
    assertThat(spent[0]).isBetween(stored, stored + 100);
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }
}
