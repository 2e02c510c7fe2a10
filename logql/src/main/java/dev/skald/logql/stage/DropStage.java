package dev.skald.logql.stage;

import dev.skald.logql.batch.Slice;
import dev.skald.logql.syntax.StageExpr.Item;
import java.util.List;

/** {@code | drop a, b="c"}: removes labels (logql.md §14). */
final class DropStage implements Stage {
  private final LabelSelector[] selectors;

  DropStage(LabelStore labels, List<Item> items) {
    this.selectors =
        items.stream().map(item -> new LabelSelector(labels, item)).toArray(LabelSelector[]::new);
  }

  @Override
  public boolean process(Row row) {
    EntryError error = row.labels.error;
    for (LabelSelector selector : selectors) {
      switch (selector.slot.name) {
        case EntryError.NAME -> clear(selector, error.kind);
        case EntryError.DETAILS_NAME -> clear(selector, error.details);
        default -> drop(row.labels, selector);
      }
    }
    return true;
  }

  private static void clear(LabelSelector selector, Slice part) {
    if (selector.matches(part.bytes, part.offset, part.length)) {
      part.length = 0;
    }
  }

  private static void drop(LabelStore labels, LabelSelector selector) {
    if (selector.matches()) {
      labels.delete(selector.slot);
    }
  }
}
