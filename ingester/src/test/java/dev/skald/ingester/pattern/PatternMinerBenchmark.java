package dev.skald.ingester.pattern;

import dev.skald.logql.batch.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long a line takes that is like others before it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PatternMinerBenchmark {
  private static final int LINES = 200;

  @Param({"OpenSSH.log", "HDFS.log", "Apache.log"})
  public String file;

  private final List<Slice> lines = new ArrayList<>();
  private final Slice level = Mined.slice("info");
  private final Mined mined = new Mined();

  @Setup
  public void read() {
    Mined.lines(file).forEach(line -> lines.add(Mined.slice(line)));
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long add() {
    mined.shard.begin("t", mined.jsonFields, mined.now);
    mined.shard.stream(Mined.STREAM);
    for (int i = 0; i < LINES; i++) {
      mined.shard.add(level, mined.now, lines.get(i));
    }
    mined.shard.end();
    return mined.shard.bytes();
  }
}
