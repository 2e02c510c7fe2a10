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
import org.openjdk.jmh.annotations.AuxCounters;
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

/**
 * Lines a second of each stage, on lines of about 200 bytes of the format that it reads, and as
 * {@code :megabytes} their bytes in MB/s. About one line in a hundred passes the filters.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
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
    "| logfmt | duration > 98ms",
    "| logfmt status, duration",
    "| pattern \"<_> caller=<caller> <_> status=<status> <_>\"",
    "| regexp \"caller=(?P<caller>\\\\S+) .*status=(?P<status>\\\\d+)\"",
    "| logfmt | line_format \"{{.caller}} {{.status}}\"",
    "| json",
    "| json | status >= 500",
    "| json status=\"status\", ip=\"client.ip\"",
  })
  public String stages;

  /** The lines that the stages were given. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Volume {
    public double megabytes;
  }

  private Batch batch;
  private double batchMegabytes;
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
      String line = stages.startsWith("| json") ? json(i) : logfmt(i);
      lines.add(line);
      batchMegabytes += line.length() / 1e6;
      levels[i] = i % 100 == 0 ? 1 : 0;
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
  public long passEntries(Volume volume) {
    sum = 0;
    pipeline.run(unreadBatch(volume), row -> sum += row.line().length);
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long countAll(Volume volume) {
    return count(counter, volume);
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long countByStatus(Volume volume) {
    return count(grouped, volume);
  }

  private long count(SampleExtractor extractor, Volume volume) {
    sum = 0;
    extractor.run(unreadBatch(volume), (series, time, value) -> sum += series + 1);
    return sum;
  }

  /** Returns the batch with a new column of the same lines; line filters remember the last one. */
  private Batch unreadBatch(Volume volume) {
    volume.megabytes += batchMegabytes;
    Column.Plain lines = (Column.Plain) batch.lines();
    return new Batch(
        batch.runs(),
        batch.timestamps(),
        new Column.Plain(lines.bytes(), lines.starts(), lines.lengths()),
        batch.metadata());
  }
}
