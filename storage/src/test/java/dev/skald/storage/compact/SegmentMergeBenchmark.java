package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.segment.GeneratedLogs;
import dev.skald.storage.segment.SegmentOptions;
import dev.skald.storage.segment.StreamTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Merges four segments of 100,000 entries of 50 streams each, all of the same hours. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SegmentMergeBenchmark {
  @Param({"1", "6", "12"})
  public int zstdLevel;

  private Path directory;
  private Inputs inputs;

  /** What a merge has read, as raw lines. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Lines {
    public double megabytesASecond;

    private long bytes;
    private long nanos;

    void add(long moreBytes, long moreNanos) {
      bytes += moreBytes;
      nanos += moreNanos;
      megabytesASecond = bytes * 1e3 / nanos;
    }
  }

  private long lineBytes;

  @Setup
  public void generate() throws IOException {
    directory = Files.createTempDirectory("merge");
    inputs = new Inputs(directory);
    for (int i = 0; i < 4; i++) {
      inputs.put(GeneratedLogs.batch(100_000, 50, i), SegmentOptions.SEAL);
    }
    for (SegmentEntry entry : inputs.entries) {
      lineBytes += inputs.open(entry).streams().stream().mapToLong(StreamTotals::lineBytes).sum();
    }
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    Files.delete(directory);
  }

  @Benchmark
  public long merge(Lines lines) throws IOException {
    long start = System.nanoTime();
    long bytes =
        inputs
            .written(RowFilter.ALL, Pace.UNLIMITED, SegmentOptions.SEAL.withLevel(zstdLevel))
            .orElseThrow()
            .bytes();
    lines.add(lineBytes, System.nanoTime() - start);
    return bytes;
  }
}
