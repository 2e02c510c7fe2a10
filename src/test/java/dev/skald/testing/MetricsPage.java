package dev.skald.testing;

import dev.skald.testing.Scrape.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/metrics.md says. */
public final class MetricsPage {
  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/metrics.md");
  private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| ", Pattern.MULTILINE);
  private static final Pattern METRIC =
      Pattern.compile(
          "^\\| `(?<name>\\w+)` \\| (?<kind>\\w+)(, 1)? \\| (?<labels>[^|]*) ?\\|",
          Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("\\w+");

  private MetricsPage() {}

  /** Returns the metrics of a section by name. */
  public static Map<String, Family> metrics(String heading) {
    Map<String, Family> metrics = new TreeMap<>();
    Matcher row = METRIC.matcher(section(heading));
    while (row.find()) {
      Set<String> labels =
          WORD.matcher(row.group("labels"))
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toCollection(TreeSet::new));
      metrics.put(row.group("name"), new Family(row.group("kind"), labels, 0));
    }
    return metrics;
  }

  /** Returns the names of a section. */
  public static Set<String> names(String heading) {
    return ROW.matcher(section(heading))
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String section(String heading) {
    try {
      String page = Files.readString(PAGE);
      int start = page.indexOf("## " + heading);
      if (start < 0) {
        throw new AssertionError("no section " + heading);
      }
      int end = page.indexOf("\n## ", start);
      return end < 0 ? page.substring(start) : page.substring(start, end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
