package dev.skald.logql.template;

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

/** What a template costs a line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TemplateBenchmark {
  @Param({
    "{{.a}} {{.b}} {{.u}}",
    "{{.b | upper}} {{if eq .a \"5\"}}{{.e | trunc 2}}{{end}}",
    "{{regexReplaceAll \"l+\" .b \"$0$0\"}}",
    "{{__timestamp__ | date \"2006-01-02T15:04:05Z07:00\"}} {{printf \"%5.2f\" (float64 .d)}}"
  })
  public String text;

  private final FakeEntry entry = FakeEntry.sample();
  private final TemplateOutput out = new TemplateOutput();
  private Template template;

  @Setup
  public void compile() {
    template = Template.compile("line", text);
  }

  @Benchmark
  public int execute() {
    out.clear();
    template.execute(entry, out);
    return out.length();
  }
}
