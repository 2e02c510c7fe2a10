package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reduces labels to those that series are grouped or matched by. */
final class GroupKey {
  private static final String METRIC_NAME = "__name__";

  private final boolean without;
  private final boolean keepEmpty;
  private final Set<String> names;

  private GroupKey(boolean without, boolean keepEmpty, List<String> names) {
    this.without = without;
    this.keepEmpty = keepEmpty;
    this.names = new HashSet<>(names);
    if (without) {
      this.names.add(METRIC_NAME);
    }
  }

  /** Returns the key of a vector aggregation (logql.md §17). */
  static GroupKey grouping(Grouping grouping) {
    return grouping == null
        ? new GroupKey(false, true, List.of())
        : new GroupKey(grouping.without(), !grouping.without(), grouping.labels());
  }

  /** Returns the key by which two sides of an operator find each other (logql.md §18.3). */
  static GroupKey matching(boolean on, List<String> labels) {
    return new GroupKey(!on, false, labels);
  }

  Labels of(Labels labels) {
    if (!without && names.isEmpty()) {
      return Labels.EMPTY;
    }
    Labels.Builder key = new Labels.Builder();
    boolean same = true;
    for (int i = 0; i < labels.size(); i++) {
      boolean listed = names.contains(labels.name(i));
      if (listed != without && (keepEmpty || !labels.value(i).isEmpty())) {
        key.add(labels.name(i), labels.value(i));
      } else {
        same = false;
      }
    }
    return same ? labels : key.build();
  }
}
