package dev.skald.ruler.rules;

import dev.skald.logql.syntax.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Prints rule groups in YAML, with the keys in Loki's order, its indentation, and every expression
 * as it was sent (http-api.md §9.2). What is empty is left out.
 */
public final class RulePrinter {
  private RulePrinter() {}

  /** Prints one group, as {@link RuleReader#body} reads it. */
  public static String group(RuleGroup group) {
    YamlWriter out = new YamlWriter();
    group(out, 0, group);
    return out.toString();
  }

  /** Prints groups by their namespace. */
  public static String namespaces(Map<String, List<RuleGroup>> namespaces) {
    YamlWriter out = new YamlWriter();
    namespaces.forEach(
        (namespace, groups) -> {
          out.key(0, namespace);
          groups.forEach(group -> group(out, out.item(YamlWriter.below(0)), group));
        });
    return out.toString();
  }

  private static void group(YamlWriter out, int column, RuleGroup group) {
    out.text(column, "name", group.name());
    group.interval().ifPresent(interval -> out.plain(column, "interval", duration(interval)));
    group.queryOffset().ifPresent(offset -> out.plain(column, "query_offset", duration(offset)));
    if (group.limit() != 0) {
      out.plain(column, "limit", Integer.toString(group.limit()));
    }
    if (group.rules().isEmpty()) {
      out.plain(column, "rules", "[]");
    } else {
      out.key(column, "rules");
    }
    for (Rule rule : group.rules()) {
      rule(out, out.item(YamlWriter.below(column)), rule);
    }
    out.map(column, "labels", group.labels());
  }

  private static void rule(YamlWriter out, int column, Rule rule) {
    switch (rule) {
      case RecordingRule recording ->
          out.text(column, "record", recording.name())
              .text(column, "expr", recording.expression().text())
              .map(column, "labels", recording.labels());
      case AlertingRule alerting -> {
        out.text(column, "alert", alerting.name());
        out.text(column, "expr", alerting.expression().text());
        duration(out, column, "for", alerting.holdFor());
        duration(out, column, "keep_firing_for", alerting.keepFiringFor());
        out.map(column, "labels", alerting.labels());
        out.map(column, "annotations", alerting.annotations());
      }
    }
  }

  private static void duration(YamlWriter out, int column, String key, Duration duration) {
    if (!duration.isZero()) {
      out.plain(column, key, duration(duration));
    }
  }

  private static String duration(Duration duration) {
    return Durations.printPrometheus(duration.toNanos());
  }
}
