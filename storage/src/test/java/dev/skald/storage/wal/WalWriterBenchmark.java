package dev.skald.storage.wal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to log 64 records of half a megabyte, with and without a sync for each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class WalWriterBenchmark {
  @Param({"false", "true"})
  public boolean sync;

  private final byte[] bytes = new byte[1 << 19];
  private Path directory;
  private WalDirectory store;
  private long number;

  @Setup
  public void open() throws IOException {
    new Random(1).nextBytes(bytes);
    directory = Files.createTempDirectory("wal");
    store = WalDirectory.open(directory);
  }

  @TearDown
  public void remove() throws IOException {
    Files.delete(directory);
  }

  @Benchmark
  public long append() throws IOException {
    PushRecord record = new PushRecord(bytes, bytes.length);
    try (WalWriter writer = WalWriter.create(store, ++number)) {
      for (int i = 0; i < 64; i++) {
        writer.append(record);
        writer.commit(sync);
      }
      return writer.committedBytes();
    } finally {
      store.delete(number);
    }
  }
}
