package dev.skald.logql.stage;

import dev.skald.logql.syntax.StageExpr.Item;
import java.util.List;

/** {@code | keep a, b="c"}: removes all other labels (logql.md §14). */
final class KeepStage implements Stage {
  private final LabelSelector[] selectors;

  KeepStage(LabelStore labels, List<Item> items) {
    this.selectors =
        items.stream().map(item -> new LabelSelector(labels, item)).toArray(LabelSelector[]::new);
  }

  @Override
  public boolean process(Row row) {
    LabelStore labels = row.labels;
    for (int i = 0; i < labels.streamSlotCount(); i++) {
      keepOrDelete(labels, labels.streamSlot(i));
    }
    for (int i = 0; i < labels.touchedCount(); i++) {
      keepOrDelete(labels, labels.touchedSlot(i));
    }
    return true;
  }

  private void keepOrDelete(LabelStore labels, LabelSlot slot) {
    if (slot.present() && !kept(slot) && !special(slot.name)) {
      labels.delete(slot);
    }
  }

  private boolean kept(LabelSlot slot) {
    for (LabelSelector selector : selectors) {
      if (selector.slot == slot && selector.matches()) {
        return true;
      }
    }
    return false;
  }

  private static boolean special(String name) {
    return name.equals(EntryError.NAME)
        || name.equals(EntryError.DETAILS_NAME)
        || name.equals(EntryError.PRESERVE);
  }
}
