package dev.skald.storage.catalog;

import java.util.Collection;
import java.util.TreeSet;

/**
 * All that the catalog's file says, as it grows by edits. Guarded by its owner.
 *
 * <p>Heads that were forgotten are not in {@link #persistedHeads} any more, but stay in the
 * snapshot.
 */
final class CatalogState {
  private CatalogSnapshot snapshot = CatalogSnapshot.EMPTY;
  private final TreeSet<HeadId> persistedHeads = new TreeSet<>();
  private long nextSegment;
  private long nextHead;
  private boolean damaged;

  CatalogSnapshot snapshot() {
    return snapshot;
  }

  TreeSet<HeadId> persistedHeads() {
    return persistedHeads;
  }

  /** Returns the least number that no segment has ever had. */
  long nextSegment() {
    return nextSegment;
  }

  /** Returns the least number that no sealed head has ever had. */
  long nextHead() {
    return nextHead;
  }

  /** Returns whether an edit was ever lost to bad bytes, so that unknown objects may be of use. */
  boolean damaged() {
    return damaged;
  }

  void damage() {
    damaged = true;
  }

  void counters(long segment, long head) {
    nextSegment = Math.max(nextSegment, segment);
    nextHead = Math.max(nextHead, head);
  }

  void apply(CatalogEdit edit) {
    apply(edit, snapshot.with(edit));
  }

  /**
   * @param next the snapshot after the edit
   */
  void apply(CatalogEdit edit, CatalogSnapshot next) {
    snapshot = next;
    for (SegmentEntry entry : edit.added()) {
      nextSegment = Math.max(nextSegment, entry.number() + 1);
    }
    for (HeadId head : edit.sealed()) {
      persistedHeads.add(head);
      nextHead = Math.max(nextHead, head.number() + 1);
    }
  }

  /** Ends the replay of an earlier process: what that one forgot, this one does not know. */
  void endReplay() {
    snapshot = snapshot.withSealed(persistedHeads);
  }

  void forget(Collection<HeadId> heads) {
    persistedHeads.removeAll(heads);
  }
}
