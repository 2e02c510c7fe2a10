package dev.skald.logql.stage;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.stage.SeriesLabels.Kind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the number of an entry's series (logql.md §15.3). An entry with an error keeps all its
 * labels, whatever the grouping (§15.4).
 */
final class SeriesNumbering {
  private static final int PLAIN = 0;
  private static final int ERRONEOUS = 1;
  private static final int CHANGED_STREAM = -1;
  private static final int ABSENT = -1;
  private static final long BYTES_A_STREAM = 80;
  private static final Comparator<LabelSlot> BY_NAME =
      (a, b) -> Labels.compareBytes(a.name, b.name);

  private final LabelStore labels;
  private final Kind kind;
  private final LabelSlot[] named;
  private final LabelSlot unwrapped;

  private final SeriesKey key = new SeriesKey();
  private final SeriesTable table = new SeriesTable();
  private final Map<Labels, Integer> streams = new HashMap<>();
  private Labels streamLabels;
  private int stream;
  private int generation;

  /**
   * @param unwrapped the label whose value is the sample, or null
   */
  SeriesNumbering(LabelStore labels, SeriesLabels wanted, LabelSlot unwrapped) {
    this.labels = labels;
    this.kind = wanted.kind();
    this.named = wanted.names().stream().map(labels::slot).toArray(LabelSlot[]::new);
    this.unwrapped = unwrapped;
  }

  SeriesTable table() {
    return table;
  }

  /** Returns about how much memory the series and their names take. */
  long heldBytes() {
    return table.heldBytes() + streams.size() * BYTES_A_STREAM;
  }

  /** Says that a new batch begins, with whose lines the names may have changed. */
  void startBatch() {
    streamLabels = null;
    if (generation != labels.generation()) {
      generation = labels.generation();
      table.forgetKeys();
    }
  }

  /** Says which stream the next entry belongs to. */
  void enterStream(Labels newStreamLabels) {
    if (streamLabels == newStreamLabels) {
      return;
    }
    streamLabels = newStreamLabels;
    Integer known = streams.putIfAbsent(streamLabels, streams.size());
    stream = known == null ? streams.size() - 1 : known;
  }

  int number() {
    key.clear();
    if (labels.error.kind.length > 0) {
      putError();
    } else {
      putPlain();
    }
    int number = table.find(key);
    return number >= 0 ? number : table.add(key, seriesLabels());
  }

  private void putError() {
    key.putInt(ERRONEOUS);
    putAll();
    putSlice(labels.error.kind);
    putSlice(labels.error.details);
  }

  private void putSlice(Slice slice) {
    key.put(slice.bytes, slice.offset, slice.length);
  }

  private void putPlain() {
    key.putInt(PLAIN);
    switch (kind) {
      case NONE -> {
        // Everything is one series.
      }
      case BY -> putNamed();
      case ALL, WITHOUT -> {
        putAll();
        putSlice(labels.error.details);
      }
    }
  }

  private void putNamed() {
    for (LabelSlot slot : named) {
      if (slot.present()) {
        key.put(slot.bytes, slot.offset, slot.length);
      } else {
        key.putInt(ABSENT);
      }
    }
  }

  private void putAll() {
    if (labels.streamIntact()) {
      key.putInt(stream);
    } else {
      key.putInt(CHANGED_STREAM);
      for (int i = 0; i < labels.streamSlotCount(); i++) {
        if (!labels.streamSlot(i).touched) {
          putSlot(labels.streamSlot(i));
        }
      }
    }
    labels.sortTouched();
    for (int i = 0; i < labels.touchedCount(); i++) {
      LabelSlot slot = labels.touchedSlot(i);
      if (slot.present() && !left(slot)) {
        putSlot(slot);
      }
    }
  }

  private void putSlot(LabelSlot slot) {
    key.putInt(slot.id);
    key.put(slot.bytes, slot.offset, slot.length);
  }

  /** Returns whether a label is none of its series'. */
  private boolean left(LabelSlot slot) {
    return !labels.error.present() && (slot == unwrapped || kind == Kind.WITHOUT && isNamed(slot));
  }

  private Labels seriesLabels() {
    Labels.Builder builder = new Labels.Builder();
    boolean erroneous = labels.error.present();
    if (!erroneous && kind == Kind.BY) {
      for (LabelSlot slot : named) {
        if (slot.present()) {
          builder.set(slot.name, slot.value());
        }
      }
    } else if (erroneous || labels.error.details.length > 0 && kind != Kind.NONE) {
      addAll(builder, erroneous);
    } else if (kind != Kind.NONE) {
      return allLabels();
    }
    return builder.build();
  }

  /** Returns all labels that are shown of an entry without an error. */
  private Labels allLabels() {
    LabelSlot[] shown = new LabelSlot[labels.streamSlotCount() + labels.touchedCount()];
    int count = 0;
    for (int i = 0; i < labels.streamSlotCount(); i++) {
      LabelSlot slot = labels.streamSlot(i);
      if (!slot.touched && !left(slot)) {
        shown[count++] = slot;
      }
    }
    for (int i = 0; i < labels.touchedCount(); i++) {
      LabelSlot slot = labels.touchedSlot(i);
      if (slot.present() && !left(slot)) {
        shown[count++] = slot;
      }
    }
    Arrays.sort(shown, 0, count, BY_NAME);
    String[] names = new String[count];
    String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = shown[i].name;
      values[i] = shown[i].value();
    }
    return Labels.ofSorted(names, values);
  }

  private void addAll(Labels.Builder builder, boolean erroneous) {
    for (int i = 0; i < labels.streamSlotCount(); i++) {
      if (!labels.streamSlot(i).touched) {
        addUnlessLeftOut(builder, labels.streamSlot(i), erroneous);
      }
    }
    for (int i = 0; i < labels.touchedCount(); i++) {
      if (labels.touchedSlot(i).present()) {
        addUnlessLeftOut(builder, labels.touchedSlot(i), erroneous);
      }
    }
    addError(builder, EntryError.NAME, labels.error.kind);
    addError(builder, EntryError.DETAILS_NAME, labels.error.details);
  }

  private void addUnlessLeftOut(Labels.Builder builder, LabelSlot slot, boolean erroneous) {
    if (erroneous || !left(slot)) {
      builder.add(slot.name, slot.value());
    }
  }

  private boolean isNamed(LabelSlot slot) {
    for (LabelSlot name : named) {
      if (name == slot) {
        return true;
      }
    }
    return false;
  }

  private static void addError(Labels.Builder builder, String name, Slice value) {
    if (value.length > 0) {
      builder.set(name, value.toString());
    }
  }
}
