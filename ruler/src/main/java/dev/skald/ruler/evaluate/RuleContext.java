package dev.skald.ruler.evaluate;

import dev.skald.config.RulerConfig;
import dev.skald.logql.Labels;
import dev.skald.ruler.rules.Rule;
import dev.skald.ruler.rules.RuleGroup;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a rule works with that does not change while its group is the same. */
record RuleContext(RuleGroup group, RulerConfig config) {
  private static final String NAME = "__name__";

  /** Returns the labels of a rule, and those of the group that it lacks. */
  Map<String, String> labels(Rule rule) {
    Map<String, String> labels = new TreeMap<>(group.labels());
    labels.putAll(rule.labels());
    return labels;
  }

  /** Returns labels with the name of a metric in place of their own. */
  static Labels named(Labels labels, String metric) {
    return labels.toBuilder().set(NAME, metric).build();
  }

  static Labels unnamed(Labels labels) {
    return labels.indexOf(NAME) < 0 ? labels : labels.toBuilder().remove(NAME).build();
  }

  /** Sets a label; an empty value is as good as none. */
  static void set(Labels.Builder builder, String name, String value) {
    if (value.isEmpty()) {
      builder.remove(name);
    } else {
      builder.set(name, value);
    }
  }

  /**
   * @param what {@code alerts} or {@code series}
   * @throws EvaluationException if there are more than the group allows
   */
  void checkLimit(int count, String what) {
    if (group.limit() > 0 && count > group.limit()) {
      throw new EvaluationException(
          "exceeded limit of " + group.limit() + " with " + count + " " + what);
    }
  }

  /** Tells label sets that come twice. */
  static final class Distinct {
    private final Set<Labels> seen = new HashSet<>();
    private final String kind;

    /**
     * @param kind {@code alert} or {@code rule}
     */
    Distinct(String kind) {
      this.kind = kind;
    }

    Labels check(Labels labels) {
      if (!seen.add(labels)) {
        throw new EvaluationException(
            "vector contains metrics with the same labelset after applying " + kind + " labels");
      }
      return labels;
    }
  }
}
