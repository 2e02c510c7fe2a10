package dev.skald.logql.stage;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.stage.LabelSlot.Category;
import dev.skald.logql.stage.Row.LabelGroups;

/** Turns the slots of an entry into label sets. */
final class LabelGroupBuilder {

  LabelGroups build(Labels stream, LabelStore store) {
    return new LabelGroups(
        store.streamIntact() ? stream : streamLabels(store),
        touchedLabels(store, Category.METADATA).build(),
        parsed(store));
  }

  private static Labels streamLabels(LabelStore store) {
    Labels.Builder builder = new Labels.Builder();
    for (int i = 0; i < store.streamSlotCount(); i++) {
      LabelSlot slot = store.streamSlot(i);
      if (slot.category == Category.STREAM) {
        builder.add(slot.name, slot.value());
      }
    }
    return builder.build();
  }

  private static Labels parsed(LabelStore store) {
    Labels.Builder builder = touchedLabels(store, Category.PARSED);
    addError(builder, EntryError.NAME, store.error.kind);
    addError(builder, EntryError.DETAILS_NAME, store.error.details);
    return builder.build();
  }

  private static Labels.Builder touchedLabels(LabelStore store, Category category) {
    Labels.Builder builder = new Labels.Builder();
    for (int i = 0; i < store.touchedCount(); i++) {
      LabelSlot slot = store.touchedSlot(i);
      if (slot.category == category) {
        builder.add(slot.name, slot.value());
      }
    }
    return builder;
  }

  private static void addError(Labels.Builder builder, String name, Slice value) {
    if (value.length > 0) {
      builder.set(name, value.toString());
    }
  }
}
