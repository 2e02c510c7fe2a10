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

/** Time to test, and to take groups from, a thousand access log lines of about 150 bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RegexBenchmark {
  static final int LINES = 1000;

  @Param({
    "GET /api",
    " 5[0-9]{2} ",
    "^.*(?i)(error|fail|failed|invalid).*$",
    "(?i)mozilla/6",
    "\\bcheckout\\b",
    "^(?P<ip>\\S+) \\S+ \\S+ \\[(?P<time>[^\\]]+)\\] \"(?P<method>\\S+) (?P<path>\\S+)"
  })
  public String pattern;

  private Regex regex;
  private byte[][] lines;
  private int[] groups;

  @Setup
  public void setUp() {
    regex = Regex.compile(pattern);
    lines = lines();
    groups = new int[2 * (regex.groupCount() + 1)];
  }

  static byte[][] lines() {
    byte[][] lines = new byte[LINES][];
    for (int i = 0; i < LINES; i++) {
      String line =
          "10.0.%d.%d - - [12/May/2024:06:25:%02d +0000] \"GET /shop/item/%d HTTP/1.1\" %d %d \"-\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)\""
              .formatted(i % 7, i % 251, i % 60, 31 * i, i % 100 == 0 ? 503 : 200, 17 * i);
      lines[i] = line.getBytes(US_ASCII);
    }
    return lines;
  }

  @Benchmark
  public int test() {
    int hits = 0;
    for (byte[] line : lines) {
      hits += regex.find(line, 0, line.length) ? 1 : 0;
    }
    return hits;
  }

  @Benchmark
  public int groups() {
    int hits = 0;
    for (byte[] line : lines) {
      hits += regex.find(line, 0, line.length, 0, groups) ? groups[1] : 0;
    }
    return hits;
  }
}
