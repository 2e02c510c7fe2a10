package dev.skald.logql.stage;

import dev.skald.logql.Labels;
import dev.skald.logql.stage.LabelSlot.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The labels of the entry that is being worked on, and its error (logql.md §8.1 to §8.3, §8.6).
 *
 * <p>A name has one value at a time. What the stream says is set once a run; what metadata and
 * stages say is undone when the next entry begins. Values are views of bytes held elsewhere: the
 * line, a metadata column, the {@link Arena}.
 */
final class LabelStore {
  private static final int MOST_NAMES = 1 << 16;

  final LabelTable table = new LabelTable();
  final EntryError error = new EntryError();

  private LabelSlot[] streamSlots = new LabelSlot[16];
  private int streamSlotCount;
  private boolean streamIntact = true;
  private LabelSlot[] touched = new LabelSlot[32];
  private int touchedCount;

  private int lastingNames;
  private int generation;

  private boolean onlyRequired;
  private boolean keepsParserErrors;
  private final List<byte[]> requiredNames = new ArrayList<>();
  private int requiredCount;
  private int requiredFound;

  LabelSlot slot(String name) {
    return table.slot(name);
  }

  /** Tells the store which labels a metric query needs; parsers make no other (§8.6). */
  void require(Iterable<String> names) {
    onlyRequired = true;
    for (String name : names) {
      LabelSlot slot = slot(name);
      requiredCount += slot.required ? 0 : 1;
      slot.required = true;
      requiredNames.add(slot.nameBytes);
      keepsParserErrors |= name.equals(EntryError.NAME);
    }
  }

  /** Ends compilation: the names so far last, those that lines bring may be forgotten. */
  void seal() {
    lastingNames = table.size();
  }

  /** Counts how often names were forgotten; who caches slots must start afresh when it changes. */
  int generation() {
    return generation;
  }

  /** Forgets the names that lines have brought if they have become too many. */
  void startBatch() {
    if (table.size() <= Math.max(MOST_NAMES, 2 * lastingNames)) {
      return;
    }
    startRow();
    leaveStream();
    table.truncate(lastingNames);
    generation++;
  }

  /** Shows the labels of a stream; one with an empty value counts as absent. */
  void startStream(Labels labels) {
    startRow();
    leaveStream();
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.value(i).isEmpty()) {
        addStreamSlot(slot(labels.name(i)), labels.value(i));
      }
    }
  }

  private void leaveStream() {
    for (int i = 0; i < streamSlotCount; i++) {
      streamSlots[i].leaveStream();
    }
    streamSlotCount = 0;
  }

  private void addStreamSlot(LabelSlot slot, String value) {
    if (streamSlotCount == streamSlots.length) {
      streamSlots = Arrays.copyOf(streamSlots, 2 * streamSlotCount);
    }
    streamSlots[streamSlotCount++] = slot;
    slot.enterStream(value);
  }

  /** Undoes all that was done for the last entry. */
  void startRow() {
    for (int i = 0; i < touchedCount; i++) {
      touched[i].resetToStream();
    }
    touchedCount = 0;
    requiredFound = 0;
    streamIntact = true;
    error.clear();
  }

  /** Adds structured metadata; a name that the stream has is evaded. */
  void seed(LabelSlot name, byte[] bytes, int offset, int length) {
    LabelSlot slot = name.streamValue == null ? name : name.extractedTwin(table);
    touch(slot);
    slot.set(Category.METADATA, bytes, offset, length);
  }

  /** Sets a label as a stage does, over whatever it was before. */
  void set(LabelSlot slot, byte[] bytes, int offset, int length) {
    touch(slot);
    if (!slot.extracted) {
      slot.extracted = true;
      requiredFound += slot.required ? 1 : 0;
    }
    slot.set(Category.PARSED, bytes, offset, length);
  }

  void delete(LabelSlot slot) {
    if (slot.present()) {
      touch(slot);
      slot.category = Category.ABSENT;
    }
  }

  private void touch(LabelSlot slot) {
    if (slot.touched) {
      return;
    }
    slot.touched = true;
    streamIntact &= slot.streamValue == null;
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, 2 * touchedCount);
    }
    touched[touchedCount++] = slot;
  }

  /** Returns the slot under which a parsed key is stored (§8.2). */
  LabelSlot freeSlot(LabelSlot key) {
    return key.streamValue != null || key.category == Category.METADATA
        ? key.extractedTwin(table)
        : key;
  }

  /** Returns the slot that a parser should fill for a key, or null if it should skip it. */
  LabelSlot wanted(LabelSlot key) {
    return stillWanted(freeSlot(key));
  }

  /** Returns the slot itself, or null if a parser should not fill it. */
  LabelSlot stillWanted(LabelSlot slot) {
    return slot.extracted || onlyRequired && !slot.required ? null : slot;
  }

  /** Returns whether a needed label may have a name that begins with a path and {@code _}. */
  boolean requiresBelow(byte[] path) {
    if (!onlyRequired) {
      return true;
    }
    for (byte[] name : requiredNames) {
      if (name.length > path.length && Arrays.equals(name, 0, path.length, path, 0, path.length)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether only some labels are needed. */
  boolean onlyRequired() {
    return onlyRequired;
  }

  /** Returns whether all needed labels are there, so that parsers may stop. */
  boolean complete() {
    return onlyRequired && requiredFound == requiredCount;
  }

  /** Records what went wrong in a parser; it replaces an earlier error (§12.3). */
  void parserError(byte[] kind, byte[] details) {
    error.set(kind, details);
    if (keepsParserErrors) {
      set(slot(EntryError.PRESERVE), EntryError.TRUE, 0, EntryError.TRUE.length);
    }
  }

  /** Returns whether no stage has changed or hidden a label of the stream. */
  boolean streamIntact() {
    return streamIntact;
  }

  int streamSlotCount() {
    return streamSlotCount;
  }

  LabelSlot streamSlot(int index) {
    return streamSlots[index];
  }

  /** Returns how many slots metadata and stages have set or removed. */
  int touchedCount() {
    return touchedCount;
  }

  LabelSlot touchedSlot(int index) {
    return touched[index];
  }

  /** Brings the touched slots into the order of their ids. */
  void sortTouched() {
    for (int i = 1; i < touchedCount; i++) {
      LabelSlot slot = touched[i];
      int j = i;
      for (; j > 0 && touched[j - 1].id > slot.id; j--) {
        touched[j] = touched[j - 1];
      }
      touched[j] = slot;
    }
  }
}
