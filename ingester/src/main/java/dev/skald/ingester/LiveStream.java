package dev.skald.ingester;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a shard remembers of a stream from head to head: how new its newest entry is, what was
 * stored lately, how much it may still send. For the shard's thread only.
 */
final class LiveStream {
  /** The newest time of a stream without entries. */
  static final long NEVER = Long.MIN_VALUE;

  private final Labels labels;
  private final byte[] text;
  private final long hash;
  private final List<SealedRows> sealed = new ArrayList<>(1);

  private HeadStream rows;

  // Admitted, appended and committed times differ only while a group of records is in the making.
  private long admittedTime = NEVER;
  private long appendedTime = NEVER;
  private long committedTime = NEVER;
  private boolean touched;

  private long lastUsedNanos;
  private double tokens = Double.NaN;
  private long tokensNanos;

  LiveStream(Slice text, long hash) {
    this.labels = CanonicalLabels.parse(text.bytes, text.offset, text.length);
    this.text = Arrays.copyOfRange(text.bytes, text.offset, text.end());
    this.hash = hash;
  }

  Labels labels() {
    return labels;
  }

  long hash() {
    return hash;
  }

  boolean isNamed(Slice other) {
    return Arrays.equals(text, 0, text.length, other.bytes, other.offset, other.end());
  }

  /** Returns the newest time admitted so far, or {@link #NEVER}. */
  long newest() {
    return admittedTime;
  }

  void admit(long timestamp) {
    admittedTime = Math.max(admittedTime, timestamp);
  }

  /** Takes back the times that were admitted to and are in no row. */
  void unadmit() {
    admittedTime = appendedTime;
  }

  /** Returns the stream's rows in a head, which are made if there are none yet. */
  HeadStream rowsIn(Head head, String tenant) {
    if (rows == null || rows.values() != head.values()) {
      rows = head.addStream(tenant, labels, hash);
    }
    return rows;
  }

  /** Returns whether it was touched since the last commit or rollback. */
  boolean touched() {
    return touched;
  }

  /** Notes that rows are about to be written. */
  void touch() {
    touched = true;
  }

  void noteAppended(long timestamp) {
    appendedTime = Math.max(appendedTime, timestamp);
  }

  /**
   * Returns whether an entry was stored before, in this head or in one sealed lately.
   *
   * @param sealedOnly whether it cannot be in this head
   */
  boolean isDuplicate(long timestamp, Slice line, EntryMetadata metadata, boolean sealedOnly) {
    if (timestamp > appendedTime) {
      return false;
    }
    if (!sealedOnly && rows.contains(timestamp, line, metadata)) {
      return true;
    }
    return isSealed(timestamp, line, metadata);
  }

  private boolean isSealed(long timestamp, Slice line, EntryMetadata metadata) {
    long content = 0;
    boolean hashed = false;
    for (SealedRows past : sealed) {
      if (past.mayContain(timestamp)) {
        content =
            hashed ? content : HeadStream.contentHash(timestamp, line, metadata, rows.values());
        hashed = true;
        if (past.contains(content)) {
          return true;
        }
      }
    }
    return false;
  }

  void commit(long nowNanos) {
    admittedTime = appendedTime;
    committedTime = appendedTime;
    touched = false;
    lastUsedNanos = nowNanos;
    rows.publish();
  }

  void rollback() {
    admittedTime = committedTime;
    appendedTime = committedTime;
    touched = false;
    if (rows != null) {
      rows.rollback();
    }
  }

  /** Returns the rows in the head that is written, or null. */
  HeadStream rows() {
    return rows;
  }

  /**
   * Lets go of the rows, whose head takes no more.
   *
   * @param past those to remember, or null for none
   */
  void leaveHead(SealedRows past) {
    rows = null;
    if (past != null) {
      sealed.add(past);
    }
  }

  /** Lets go of sealed rows that are forgotten. */
  void dropForgotten() {
    sealed.removeIf(SealedRows::forgotten);
  }

  /** Returns whether nothing was written for so long and nothing is held. */
  boolean isIdle(long nowNanos, long forNanos) {
    return Math.abs(nowNanos - lastUsedNanos) > forNanos && rows == null && sealed.isEmpty();
  }

  void use(long nowNanos) {
    lastUsedNanos = nowNanos;
  }

  /** Takes bytes from the stream's budget; false, and nothing taken, if there is too little. */
  boolean take(long wanted, long rate, long burst, long nowNanos) {
    // A clock that was set back takes nothing away.
    double elapsed = Math.max(0, nowNanos - tokensNanos) / 1e9;
    double refilled = Double.isNaN(tokens) ? burst : tokens + elapsed * rate;
    tokens = Math.min(burst, refilled);
    tokensNanos = nowNanos;
    if (tokens < wanted) {
      return false;
    }
    tokens -= wanted;
    return true;
  }
}
