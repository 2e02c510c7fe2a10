package dev.skald.logql.stage;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Batch.MetadataColumn;
import dev.skald.logql.batch.Batch.Run;
import dev.skald.logql.batch.Column;
import dev.skald.logql.syntax.Parser;
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

/** Time a line of each stage, on lines of about 200 bytes of the format that it reads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class StageBenchmark {
  private static final int LINES = 10_000;

  @Param({
    "|= \"status=503\"",
    "|~ \"status=50[0-9]\"",
    "| detected_level=\"error\"",
    "| logfmt",
    "| logfmt | status >= 500",
    "| logfmt | duration > 90ms",
    "| logfmt status, duration",
    "| pattern \"<_> caller=<caller> <_> status=<status> <_>\"",
    "| regexp \"caller=(?P<caller>\\\\S+) .*status=(?P<status>\\\\d+)\"",
    "| logfmt | line_format \"{{.caller}} {{.status}}\"",
    "| json",
    "| json | status >= 500",
    "| json status=\"status\", ip=\"client.ip\"",
  })
  public String stages;

  private Batch batch;
  private Pipeline pipeline;
  private SampleExtractor counter;
  private SampleExtractor grouped;
  private long sum;

  @Setup
  public void setUp() {
    List<String> lines = new ArrayList<>();
    int[] levels = new int[LINES];
    long[] times = new long[LINES];
    for (int i = 0; i < LINES; i++) {
      lines.add(stages.startsWith("| json") ? json(i) : logfmt(i));
      levels[i] = i % 50 == 0 ? 1 : 0;
      times[i] = i;
    }
    Column level =
        new Column.Dictionary(levels, new byte[][] {Bytes.utf8("info"), Bytes.utf8("error")});
    Labels stream = Labels.of("app", "shop", "namespace", "prod", "pod", "shop-1");
    batch =
        new Batch(
            List.of(new Run(stream, 1, 0, LINES)),
            times,
            Lines.column(lines),
            List.of(new MetadataColumn("detected_level", level)));
    pipeline = Pipeline.compile(Parser.parseLogQuery("{app=\"shop\"} " + stages));
    String count = "(count_over_time({app=\"shop\"} " + stages + " [1m]))";
    counter = Lines.extractor("sum" + count);
    grouped = Lines.extractor("sum by (app, status)" + count);
  }

  static String logfmt(int i) {
    return "ts=2026-11-20T08:%02d:%02dZ level=info caller=handler.go:%d msg=\"request done\" method=GET path=/shop/item/%d status=%d duration=%dms bytes=%d trace=%016x"
        .formatted(
            i / 60 % 60, i % 60, i % 300, 31 * i, i % 100 == 0 ? 503 : 200, i % 100, 17 * i, i);
  }

  static String json(int i) {
    return "{\"ts\":\"2026-11-20T08:%02d:%02dZ\",\"level\":\"info\",\"msg\":\"request done\",\"method\":\"GET\",\"path\":\"/shop/item/%d\",\"status\":%d,\"client\":{\"ip\":\"10.0.0.%d\",\"agent\":\"curl\"},\"duration\":\"%dms\"}"
        .formatted(i / 60 % 60, i % 60, 31 * i, i % 100 == 0 ? 503 : 200, i % 250, i % 100);
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long passEntries() {
    sum = 0;
    pipeline.run(batch, row -> sum += row.line().length);
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long countAll() {
    return count(counter);
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long countByStatus() {
    return count(grouped);
  }

  private long count(SampleExtractor extractor) {
    sum = 0;
    extractor.run(batch, (series, time, value) -> sum += series + 1);
    return sum;
  }
}
