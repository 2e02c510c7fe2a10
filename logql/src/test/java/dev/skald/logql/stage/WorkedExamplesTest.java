package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.stage.Lines.Passed;
import dev.skald.logql.syntax.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of logql.md §27.1 to §27.6, which were observed at a running Loki. */
final class WorkedExamplesTest {
  private static final String LINES = "‹foo bar baz› ⏐ ‹FOO› ⏐ ‹foo› ⏐ ‹› ⏐ ‹foobar› ⏐ ‹a⏎foo›";
  private static final String OBJ =
      "\"Value looks like object, but can't find closing '}' symbol\"";
  private static final Pattern LINE = Pattern.compile("‹([^›]*)›");

  static Stream<String> examples() {
    try (InputStream in = WorkedExamplesTest.class.getResourceAsStream("worked-examples.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void givesTheObservedResult(String example) {
    String text = example.substring(example.indexOf(' ') + 1).replace("LINES", LINES);
    String input = text.substring(0, text.indexOf(" ▸ "));
    String stages = text.substring(text.indexOf(" ▸ ") + 3, text.lastIndexOf(" ⇒ "));
    String result = text.substring(text.lastIndexOf(" ⇒ ") + 3);
    Lines lines = lines(input);
    if (result.startsWith("400 ")) {
      String message = result.substring(5, result.length() - 1);
      assertThatThrownBy(() -> lines.through(stages)).hasMessage(message);
    } else {
      List<String> passed =
          lines.through(stages).stream().map(entry -> print(entry, lines)).toList();
      assertThat(passed).isEqualTo(expected(result, lines));
    }
  }

  private static Lines lines(String input) {
    List<String> lines = new ArrayList<>();
    Matcher matcher = LINE.matcher(input);
    while (matcher.find()) {
      lines.add(unescape(matcher.group(1)));
    }
    String rest = input.substring(input.lastIndexOf('›') + 1);
    return new Lines(labels(rest, 'S'), labels(rest, 'M'), lines);
  }

  private static String unescape(String text) {
    return text.replace('⏎', '\n').replace('␛', '\u001b');
  }

  private static Labels labels(String text, char kind) {
    int start = text.indexOf(kind + "{");
    if (start < 0) {
      return Labels.EMPTY;
    }
    Labels.Builder builder = new Labels.Builder();
    Parser.parseLogQuery(text.substring(start + 1, text.indexOf('}', start) + 1))
        .matchers()
        .forEach(matcher -> builder.add(matcher.name(), matcher.value()));
    return builder.build();
  }

  private static String print(Passed entry, Lines lines) {
    String stream =
        entry.labels().stream().equals(lines.stream()) ? "" : "S" + entry.labels().stream();
    Labels metadata = entry.labels().structuredMetadata();
    String seeded = metadata.equals(seeded(lines)) ? "" : "M" + metadata;
    return "‹" + entry.line() + "›" + stream + seeded + entry.labels().parsed();
  }

  private static Labels seeded(Lines lines) {
    Labels.Builder builder = new Labels.Builder();
    for (int i = 0; i < lines.metadata().size(); i++) {
      String name = lines.metadata().name(i);
      String suffix = lines.stream().get(name) == null ? "" : "_extracted";
      builder.add(name + suffix, lines.metadata().value(i));
    }
    return builder.build();
  }

  /** Writes the expected entries as {@link #print} does. */
  private static List<String> expected(String result, Lines lines) {
    List<String> entries = new ArrayList<>();
    if (result.equals("dropped")) {
      return entries;
    }
    for (String entry : result.split(" ⏐ ", -1)) {
      boolean same = entry.startsWith("=");
      String line =
          same ? lines.lines().getFirst() : unescape(entry.substring(1, entry.indexOf('›')));
      String rest = same ? entry.substring(1) : entry.substring(entry.indexOf('›') + 1);
      String groups = rest.replaceAll("(^| )(?=[SM{])", "");
      String parsed = groups.isEmpty() || groups.endsWith("{}") ? groups + "{}" : groups;
      entries.add("‹" + line + "›" + expand(parsed));
    }
    return entries;
  }

  private static String expand(String labels) {
    return labels
        .replace("ERR=", "__error__=")
        .replace("DET=OBJ", "__error_details__=" + OBJ)
        .replace("DET=", "__error_details__=");
  }
}
