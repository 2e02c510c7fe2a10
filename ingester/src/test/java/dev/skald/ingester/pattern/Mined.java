package dev.skald.ingester.pattern;

import dev.skald.config.PatternConfig;
import dev.skald.config.PatternLimits;
import dev.skald.logql.GoQuote;
import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Batch.Run;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.stage.Pipeline;
import dev.skald.logql.syntax.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A shard's templates, to be filled and asked at a time that the test sets. */
final class Mined {
  static final long SECOND = 1_000_000_000L;
  static final Labels STREAM = Labels.of("app", "a");
  private static final PatternConfig CONFIG =
      new PatternConfig(true, 300, 3000, Duration.ofHours(3), Duration.ofSeconds(10));

  final Patterns patterns;
  final ShardPatterns shard;
  List<String> jsonFields = PatternLimits.defaults().jsonFields();
  long now = 1_000_000 * SECOND;

  Mined() {
    this(CONFIG);
  }

  Mined(PatternConfig config) {
    this.patterns = new Patterns(config, 1);
    this.shard = patterns.shard(0);
  }

  static Mined withAtMost(int templates) {
    return new Mined(
        new PatternConfig(true, templates, 3000, CONFIG.retainFor(), CONFIG.sampleInterval()));
  }

  static Mined of(List<String> lines) {
    return new Mined().add(lines);
  }

  static Mined of(String... lines) {
    return of(List.of(lines));
  }

  Mined add(List<String> lines) {
    return add(STREAM, "info", now, lines);
  }

  Mined add(Labels stream, String level, long time, List<String> lines) {
    shard.begin("t", jsonFields, now);
    shard.stream(stream);
    lines.forEach(line -> shard.add(slice(level), time, slice(line)));
    shard.end();
    return this;
  }

  static Slice slice(String text) {
    byte[] bytes = ("##" + text + "##").getBytes(StandardCharsets.UTF_8);
    Slice slice = new Slice();
    slice.set(bytes, 2, bytes.length - 4);
    return slice;
  }

  List<PatternSeries> series(long start, long end, long step, Matcher... matchers) {
    return patterns.query(new PatternQuery("t", List.of(matchers), start, end, step), now);
  }

  List<PatternSeries> series() {
    return series(0, Long.MAX_VALUE, 10 * SECOND);
  }

  List<String> texts() {
    return series().stream().map(PatternSeries::pattern).toList();
  }

  /** Returns which lines a pattern filter lets through, by number. */
  static List<Integer> matching(String pattern, List<String> lines) {
    long[] times = new long[lines.size()];
    byte[][] values = new byte[times.length][];
    int[] ids = new int[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i;
      ids[i] = i;
      values[i] = lines.get(i).getBytes(StandardCharsets.UTF_8);
    }
    Batch batch =
        new Batch(
            List.of(new Run(STREAM, 1, 0, times.length)),
            times,
            new Column.Dictionary(ids, values),
            List.of());
    List<Integer> passed = new java.util.ArrayList<>();
    String query = "{app=\"a\"} |> " + GoQuote.quote(pattern);
    Pipeline.compile(Parser.parseLogQuery(query))
        .run(batch, row -> passed.add((int) row.timestamp()));
    return passed;
  }

  /** Returns the lines of a file beside this class. */
  static List<String> lines(String name) {
    try (InputStream in = Mined.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
