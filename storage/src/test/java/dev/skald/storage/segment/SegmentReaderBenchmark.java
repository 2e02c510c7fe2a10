package dev.skald.storage.segment;

import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.Selection;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads a segment of 100,000 entries of 50 streams from memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SegmentReaderBenchmark {
  private final MemoryStore store = new MemoryStore();
  private SegmentLocation location;
  private SegmentReader reader;

  @Setup
  public void write() throws IOException {
    location =
        TestSegments.write(store, SegmentOptions.SEAL, List.of(GeneratedLogs.batch(100_000, 50)));
    reader = SegmentReader.open(store, location);
  }

  private long read(List<Matcher> matchers, Columns columns) {
    long rows = 0;
    Selection selection = new Selection(matchers, Long.MIN_VALUE, Long.MAX_VALUE, columns);
    for (Block block : reader.select(selection, TestSegments::noCorruption)) {
      rows += block.read(columns).rows();
    }
    return rows;
  }

  @Benchmark
  public SegmentReader open() throws IOException {
    return SegmentReader.open(store, location);
  }

  @Benchmark
  public long readEverything() {
    return read(List.of(), Columns.ALL);
  }

  @Benchmark
  public long readLines() {
    return read(List.of(), new Columns(true, false, Set.of()));
  }

  @Benchmark
  public long readTimes() {
    return read(List.of(), Columns.TIMES_ONLY);
  }

  @Benchmark
  public long readOneStream() {
    return read(List.of(new Matcher("pod", Matcher.Type.EQUAL, "pod-7")), Columns.ALL);
  }
}
