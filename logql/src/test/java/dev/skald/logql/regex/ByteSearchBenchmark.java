package dev.skald.logql.regex;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

/** Time to search a block of access log lines, about 150 kB, for a text that is not there. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ByteSearchBenchmark {
  @Param({"checkout failed", "GET /api", " 504 ", "~"})
  public String needle;

  private ByteSearch exact;
  private ByteSearch folded;
  private byte[] block;

  @Setup
  public void setUp() {
    exact = ByteSearch.of(needle.getBytes(US_ASCII));
    folded = ByteSearch.ignoringAsciiCase(needle.getBytes(US_ASCII));
    StringBuilder text = new StringBuilder();
    for (byte[] line : RegexBenchmark.lines()) {
      text.append(new String(line, US_ASCII)).append('\n');
    }
    block = text.toString().getBytes(US_ASCII);
  }

  @Benchmark
  public int exact() {
    return exact.indexOf(block, 0, block.length);
  }

  @Benchmark
  public int folded() {
    return folded.indexOf(block, 0, block.length);
  }
}
