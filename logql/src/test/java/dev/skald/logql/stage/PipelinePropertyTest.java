package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Batch.MetadataColumn;
import dev.skald.logql.batch.Batch.Run;
import dev.skald.logql.batch.Column;
import dev.skald.logql.syntax.Parser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random pipelines over random lines: nothing throws, and nothing of an entry leaks to the next.
 */
final class PipelinePropertyTest {
  private static final String[] STAGES = {
    "|= \"a\"",
    "!= \"zz\"",
    "|> \"<_>a<_>\"",
    "!> \"a<_>\"",
    "|= ip(\"1.0.0.0/8\")",
    "!= ip(\"::/0\")",
    "| json",
    "| json x=\"a.b[0]\", y=\"b\"",
    "| logfmt",
    "| logfmt --strict",
    "| logfmt --keep-empty",
    "| logfmt x=\"a\", b",
    "| pattern \"<a> <_>=<b>\"",
    "| unpack",
    "| regexp \"(?P<a>\\\\w+)=(?P<b>.)?\"",
    "|~ \"a|b\"",
    "| a=~\"1|x.*\"",
    "| a=\"1\"",
    "| a!=\"\"",
    "| a>1 or b=\"x\"",
    "| a<=2s",
    "| b>1KB",
    "| x=ip(\"1.1.1.1\")",
    "| __error__=\"\"",
    "| label_format c=a, a=b",
    "| decolorize",
    "| drop a, b=\"x\"",
    "| drop __error__=\"JSONParserErr\"",
    "| keep a, t, x!=\"zz\"",
  };
  private static final String[] PIECES = {
    "a",
    "b",
    "x",
    "=",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    " ",
    "\\",
    "\\u",
    "d83d",
    "1",
    "2",
    "1.2.3.4",
    "::1",
    "\u001b[3",
    "m",
    "é",
    "\ufffd",
    "\n",
    "_entry",
    "__error__",
    "{\"a\":1}",
    "a=1",
    "b=\"x y\"",
    "{\"a\":{\"b\":[1,2]},\"_entry\":\"a=2\"}",
    "5s",
    "2KB",
  };

  private static String pick(String[] all, Random random, int most, String separator) {
    List<String> picked = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      picked.add(all[random.nextInt(all.length)]);
    }
    return String.join(separator, picked);
  }

  private static byte[] line(Random random) {
    byte[] line = Bytes.utf8(pick(PIECES, random, 20, ""));
    if (line.length > 0 && random.nextInt(4) == 0) {
      line[random.nextInt(line.length)] = (byte) random.nextInt(256);
    }
    return line;
  }

  private static Batch batch(List<byte[]> lines) {
    long[] times = new long[lines.size()];
    int[] ids = new int[lines.size()];
    byte[][] levels = {Bytes.utf8("info"), Bytes.utf8("")};
    for (int i = 0; i < times.length; i++) {
      times[i] = i;
      ids[i] = lines.get(i).length % 3 - 1;
    }
    int[] lineIds = new int[times.length];
    Arrays.setAll(lineIds, i -> i);
    Column column = new Column.Dictionary(lineIds, lines.toArray(byte[][]::new));
    List<MetadataColumn> metadata =
        List.of(
            new MetadataColumn("a", new Column.Dictionary(ids, levels)),
            new MetadataColumn("t", new Column.Constant(levels[0])));
    Labels stream = Labels.of("t", "x", "app", "y");
    return new Batch(List.of(new Run(stream, 1, 0, times.length)), times, column, metadata);
  }

  private static List<String> through(String stages, List<byte[]> lines) {
    Pipeline pipeline = Pipeline.compile(Parser.parseLogQuery("{t=\"x\"} " + stages));
    List<String> passed = new ArrayList<>();
    pipeline.run(batch(lines), row -> passed.add(row.line() + " " + row.labels()));
    return passed;
  }

  @Property(tries = 3000)
  void treatsEachEntryAsIfItWereTheOnlyOne(@ForAll long seed) {
    Random random = new Random(seed);
    String stages = pick(STAGES, random, 5, " ");
    List<byte[]> lines = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte[] line = line(random);
      lines.add(line);
      alone.addAll(through(stages, List.of(line)));
    }
    assertThat(through(stages, lines)).isEqualTo(alone);
  }

  @Property(tries = 2000)
  void countsWhatTheLogQueryShows(@ForAll long seed) {
    Random random = new Random(seed);
    String stages = pick(STAGES, random, 4, " ");
    List<byte[]> lines = List.of(line(random), line(random), line(random));
    SampleExtractor extractor = Lines.extractor("count_over_time({t=\"x\"} " + stages + " [1m])");
    List<String> series = new ArrayList<>();
    extractor.run(
        batch(lines), (number, time, value) -> series.add(extractor.series(number).toString()));
    List<String> shown = new ArrayList<>();
    Pipeline.compile(Parser.parseLogQuery("{t=\"x\"} " + stages))
        .run(batch(lines), row -> shown.add(merged(row.labels())));
    assertThat(series).isEqualTo(shown);
  }

  private static String merged(Row.LabelGroups groups) {
    Labels.Builder builder = groups.stream().toBuilder();
    for (Labels more : List.of(groups.structuredMetadata(), groups.parsed())) {
      for (int i = 0; i < more.size(); i++) {
        builder.set(more.name(i), more.value(i));
      }
    }
    return builder.build().toString();
  }

  @Property(tries = 1000)
  void survivesEveryGrouping(@ForAll long seed) {
    Random random = new Random(seed);
    String[] groupings = {"sum", "sum by (a)", "sum by (a, x, __error__)", "sum without (b)"};
    String stages = pick(STAGES, random, 4, " ");
    String query =
        groupings[random.nextInt(groupings.length)]
            + " (rate({t=\"x\"} "
            + stages
            + (random.nextBoolean() ? " | unwrap duration(a)" : "")
            + " [1m]))";
    SampleExtractor extractor = Lines.extractor(query);
    List<byte[]> lines = List.of(line(random), line(random), line(random));
    extractor.run(
        batch(lines),
        (number, time, value) -> assertThat(number).isLessThan(extractor.seriesCount()));
  }
}
