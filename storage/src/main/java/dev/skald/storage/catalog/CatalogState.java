package dev.skald.storage.catalog;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * All that the edits up to one say. Guarded by its owner.
 *
 * <p>Heads that were forgotten are not in {@link #logs} any more, but stay in the snapshot.
 */
final class CatalogState {
  /** How many segment numbers a writer gets at once. */
  static final long BLOCK = 1_000_000;

  private static final long LOST_BLOCKS = 1_000;

  /** The heads of one log. */
  static final class Log {
    final TreeSet<HeadId> sealed = new TreeSet<>();

    /** The least number that no sealed head has ever had. */
    long nextHead;
  }

  private CatalogSnapshot snapshot = CatalogSnapshot.EMPTY;
  private final TreeMap<LogId, Log> logs = new TreeMap<>();
  private long number = -1;
  private long blocksEnd;
  private boolean damaged;

  /** Returns the number of the last edit, -1 before the first. */
  long number() {
    return number;
  }

  CatalogSnapshot snapshot() {
    return snapshot;
  }

  Map<LogId, Log> logs() {
    return logs;
  }

  /** Returns the least segment number that no writer has been given. */
  long blocksEnd() {
    return blocksEnd;
  }

  /** Returns whether edits were ever lost to bad bytes, so that unknown objects may be of use. */
  boolean damaged() {
    return damaged;
  }

  /** Notes that edits were lost, among them perhaps some that gave out blocks. */
  void damage() {
    if (!damaged) {
      damaged = true;
      blocksEnd += LOST_BLOCKS * BLOCK;
    }
  }

  long nextHead(LogId log) {
    Log known = logs.get(log);
    return known == null ? 0 : known.nextHead;
  }

  /** Goes on to an edit's number, whatever became of those before it. */
  void skipTo(long edit) {
    number = Math.max(number, edit);
  }

  void apply(long numbered, CatalogEdit edit) {
    skipTo(numbered);
    snapshot = snapshot.with(edit);
    edit.changes().forEach(this::count);
  }

  private void count(CatalogChange change) {
    switch (change) {
      case CatalogChange.Added added -> blocksUpTo(added.segment().number());
      case CatalogChange.Sealed head -> {
        Log log = logs.computeIfAbsent(head.log(), id -> new Log());
        log.sealed.add(head.head());
        log.nextHead = Math.max(log.nextHead, head.head().number() + 1);
      }
      case CatalogChange.Forgotten head -> {
        Log log = logs.get(head.log());
        if (log != null) {
          log.sealed.remove(head.head());
        }
      }
      case CatalogChange.TakenOver taken -> takeOver(taken.log());
      case CatalogChange.Damaged ignored -> damage();
      case CatalogChange.Removed removed -> blocksUpTo(removed.number());
      case CatalogChange.Swept ignored -> {}
      case CatalogChange.RequestPut ignored -> {}
      case CatalogChange.RequestDropped ignored -> {}
    }
  }

  /** A number is in a block that was given out, even if that edit was lost. */
  private void blocksUpTo(long segment) {
    if (segment < 0) {
      return;
    }
    blocksEnd = Math.max(blocksEnd, (segment / BLOCK + 1) * BLOCK);
  }

  /** Logs without a sealed head are of no use once another is written. */
  private void takeOver(LogId log) {
    blocksEnd += BLOCK;
    logs.entrySet().removeIf(e -> e.getValue().sealed.isEmpty() && !e.getKey().equals(log));
  }

  /** Sets what a checkpoint says beside the things that edits add. */
  void restore(long edit, long blocks, boolean wasDamaged) {
    number = edit;
    blocksEnd = Math.max(blocksEnd, blocks);
    damaged |= wasDamaged;
  }

  /** Ends the replay of earlier processes: what those forgot, this one does not know. */
  void endReplay() {
    TreeMap<LogId, Roaring64Bitmap> heads = new TreeMap<>();
    logs.forEach(
        (id, log) -> {
          Roaring64Bitmap numbers = new Roaring64Bitmap();
          log.sealed.forEach(head -> numbers.addLong(head.number()));
          heads.put(id, numbers);
        });
    snapshot = snapshot.withSealed(heads);
  }
}
