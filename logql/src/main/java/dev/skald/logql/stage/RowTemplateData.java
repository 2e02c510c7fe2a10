package dev.skald.logql.stage;

import dev.skald.logql.batch.Slice;
import dev.skald.logql.template.TemplateData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The labels of an entry as a template sees them: as they were at the last {@link #take}, whatever
 * happens to them afterwards (logql.md §13.3).
 */
final class RowTemplateData implements TemplateData {
  private final Row row;
  private final Instant now;

  private LabelSlot[] slots = new LabelSlot[16];
  private Slice[] values = new Slice[16];
  private int count;
  private final Slice error = new Slice();
  private final Slice details = new Slice();

  RowTemplateData(Row row, Instant now) {
    this.row = row;
    this.now = now;
  }

  /** Remembers the labels as they are now. */
  void take() {
    count = 0;
    LabelStore labels = row.labels;
    for (int i = 0; i < labels.streamSlotCount(); i++) {
      if (!labels.streamSlot(i).touched) {
        add(labels.streamSlot(i));
      }
    }
    for (int i = 0; i < labels.touchedCount(); i++) {
      if (labels.touchedSlot(i).present()) {
        add(labels.touchedSlot(i));
      }
    }
    copy(labels.error.kind, error);
    copy(labels.error.details, details);
  }

  private void add(LabelSlot slot) {
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    if (values[count] == null) {
      values[count] = new Slice();
    }
    values[count].set(slot.bytes, slot.offset, slot.length);
    slots[count++] = slot;
  }

  private static void copy(Slice from, Slice to) {
    to.set(from.bytes, from.offset, from.length);
  }

  @Override
  public boolean find(String name, Slice into) {
    Slice scalar = errorPart(name);
    if (scalar != null) {
      copy(scalar, into);
      return true;
    }
    for (int i = 0; i < count; i++) {
      if (slots[i].name.equals(name)) {
        copy(values[i], into);
        return true;
      }
    }
    return false;
  }

  /** Returns the part of the error that a name stands for, or null; both show while one is set. */
  private Slice errorPart(String name) {
    if (name.equals(EntryError.NAME)) {
      return error.length > 0 ? error : null;
    }
    return name.equals(EntryError.DETAILS_NAME) && details.length > 0 ? details : null;
  }

  @Override
  public Collection<String> names() {
    List<String> names = new ArrayList<>(count + 2);
    for (int i = 0; i < count; i++) {
      names.add(slots[i].name);
    }
    addIfMissing(names, EntryError.NAME, error);
    addIfMissing(names, EntryError.DETAILS_NAME, details);
    return names;
  }

  private static void addIfMissing(List<String> names, String name, Slice value) {
    if (value.length > 0 && !names.contains(name)) {
      names.add(name);
    }
  }

  @Override
  public void line(Slice into) {
    copy(row.line, into);
  }

  @Override
  public long timestamp() {
    return row.timestamp();
  }

  @Override
  public void pause() {
    row.look();
  }

  @Override
  public Instant now() {
    return now;
  }
}
