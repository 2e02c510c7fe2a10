package dev.skald.testing;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a page of metrics in Prometheus' text format has.
 *
 * @param families by name
 */
public record Scrape(Map<String, Family> families) {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  /**
   * A metric.
   *
   * @param type such as {@code counter}
   * @param labels those that its samples have, without {@code le} of a histogram
   * @param samples how many it has
   */
  public record Family(String type, Set<String> labels, int samples) {
    Family with(Family other) {
      Set<String> all = new TreeSet<>(labels);
      all.addAll(other.labels);
      return new Family(type, all, samples + other.samples);
    }
  }

  public static Scrape of(String text) {
    Map<String, Family> families = new TreeMap<>();
    String name = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ");
        name = words[2];
        families.put(name, new Family(words[3], Set.of(), 0));
      } else if (!line.startsWith("#")) {
        families.merge(name, new Family("", labels(line), 1), Family::with);
      }
    }
    families.values().removeIf(family -> family.samples() == 0);
    return new Scrape(families);
  }

  private static Set<String> labels(String sample) {
    Set<String> labels = new TreeSet<>();
    int open = sample.indexOf('{');
    if (open >= 0) {
      LABEL
          .matcher(sample.substring(open))
          .results()
          .map(MatchResult::group)
          .forEach(label -> labels.add(label.substring(0, label.indexOf('='))));
    }
    labels.remove("le");
    return labels;
  }

  /** Returns what this page or another one has. */
  public Scrape and(Scrape other) {
    Map<String, Family> all = new TreeMap<>(families);
    other.families.forEach((name, family) -> all.merge(name, family, Family::with));
    return new Scrape(all);
  }

  /** Returns everything by name, as the page describes it: without the largest values. */
  public Map<String, Family> described() {
    Map<String, Family> described = new TreeMap<>();
    families.forEach(
        (name, family) -> {
          if (!isLargest(name)) {
            described.put(name, new Family(family.type, family.labels, 0));
          }
        });
    return described;
  }

  /** A gauge beside a histogram or a summary. */
  private boolean isLargest(String name) {
    return name.endsWith("_max")
        && families.containsKey(name.substring(0, name.length() - "_max".length()));
  }
}
