package dev.skald.storage.segment;

import dev.skald.logql.batch.Batch;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Makes a segment of 100,000 entries of 50 streams. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SegmentWriterBenchmark {
  @Param({"1", "3"})
  public int zstdLevel;

  private Batch batch;

  @Setup
  public void generate() {
    batch = GeneratedLogs.batch(100_000, 50);
  }

  @Benchmark
  public List<WrittenSegment> write() {
    try (SegmentWriter writer = new SegmentWriter(SegmentOptions.SEAL.withLevel(zstdLevel))) {
      return writer.write("t", List.of(batch));
    }
  }
}
