package dev.skald.storage.segment;

import dev.skald.storage.object.ByteBudget;
import dev.skald.storage.object.Pending;
import dev.skald.storage.object.RangeReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;

/**
 * One read of a part of a segment, begun before anybody needs it. Its bytes count against a budget
 * until they are let go of and nothing holds them any more. Users are counted under the lock of the
 * {@link ReadAhead} that it belongs to.
 */
final class AheadRead implements Runnable {
  private final RangeReader ranges;
  private final SegmentLocation location;
  private final long offset;
  private final int length;
  private final Pending<byte[]> bytes = new Pending<>();
  private int users;
  private volatile boolean dropped;

  AheadRead(RangeReader ranges, SegmentLocation location, long offset, int length) {
    this.ranges = ranges;
    this.location = location;
    this.offset = offset;
    this.length = length;
  }

  int length() {
    return length;
  }

  boolean covers(SegmentLocation place, BlockInfo.PageRef page) {
    return location.equals(place) && offset <= page.offset() && page.end() <= offset + length;
  }

  @Override
  public void run() {
    if (dropped) {
      bytes.fail(new CancellationException("nobody needs it any more"));
      return;
    }
    try {
      bytes.complete(ranges.read(location.key(), location.bytes(), offset, length));
    } catch (Throwable failure) {
      // Thrown to whoever waits for the bytes.
      bytes.fail(failure);
    }
  }

  /**
   * Waits for the bytes.
   *
   * @param pause runs now and then meanwhile; what it throws ends the wait
   * @return null if they cannot be had in one piece, or were dropped meanwhile
   * @throws IOException if the store cannot be read
   */
  PageReader.Piece await(Runnable pause) throws IOException {
    try {
      return new PageReader.Piece(bytes.await(pause), offset);
    } catch (EOFException | NoSuchFileException | CancellationException notInOnePiece) {
      return null;
    }
  }

  void use() {
    users++;
  }

  /** Returns whether that was the last user; the budget gets its bytes back once they are here. */
  boolean leave(ByteBudget budget) {
    if (--users > 0) {
      return false;
    }
    dropped = true;
    bytes.whenDone(() -> budget.give(length));
    return true;
  }
}
