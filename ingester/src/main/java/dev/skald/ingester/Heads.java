package dev.skald.ingester;

import dev.skald.config.SealConfig;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.wal.WalStore;
import dev.skald.storage.wal.WalWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Starts heads with their log files and hands full ones to the sealer. One for the ingester; safe
 * for use by any thread.
 *
 * @param numbers the next head's number
 * @param active the heads that take rows
 * @param others asks another shard to seal its head
 */
record Heads(
    WalStore logs,
    Sealer sealer,
    SealConfig config,
    AtomicLong numbers,
    ActiveHeads active,
    IntConsumer others) {
  /** How many rows of a sealed head are remembered in all, to know those sent again. */
  private static final int REMEMBERED_ROWS = 1 << 18;

  /** The arena of a head is one array; what the last push adds must still fit. */
  private static final long MOST_BYTES = 1 << 30;

  /** Labels stand in the log with each push, but once in a head. */
  private static final int MOST_LOG = 2;

  /** Up to so many names of structured metadata are no matter. */
  private static final int FEW_NAMES = 64;

  /** A value of a column takes 4 to 12 bytes when a head is sealed. */
  private static final int CELL_PARTS = 32;

  /** A head that takes rows, and its log. */
  record Active(Head head, WalWriter log) {}

  /**
   * Starts a head.
   *
   * @throws IOException if its log cannot be made
   */
  Active start(long nowNanos) throws IOException {
    long number = numbers.getAndIncrement();
    WalWriter log = WalWriter.create(logs, number);
    return new Active(newHead(number, nowNanos), log);
  }

  private Head newHead(long number, long nowNanos) {
    long bytes = Math.min(fullBytes() + fullBytes() / 8, memory().limit() / 2);
    return newHead(number, bytes, nowNanos);
  }

  /**
   * @param bytes about how much the head will take
   */
  static Head newHead(long number, long bytes, long nowNanos) {
    return new Head(new HeadId(number), (int) Math.min(bytes, MOST_BYTES), nowNanos);
  }

  /** Returns whether a head is to be sealed for its size or that of its log. */
  boolean isFull(Active active) {
    return active.head.bytes() >= fullBytes()
        || active.log.committedBytes() >= MOST_LOG * fullBytes();
  }

  /**
   * Returns whether some more entries with so many names of structured metadata would make a head
   * of more names times rows than fit into memory when it is sealed.
   */
  boolean isTooWide(Active active, int entries, int names) {
    Head head = active.head;
    int all = Math.max(names, head.values().names());
    return all > FEW_NAMES
        && head.rows() > 0
        && (double) all * (head.rows() + entries) > (double) memory().limit() / CELL_PARTS;
  }

  private long fullBytes() {
    return Math.min(config.bytes(), MOST_BYTES);
  }

  /** Returns what all heads take of the memory. */
  Budget memory() {
    return sealer.memory();
  }

  /**
   * Hands a head to the sealer; its streams start afresh in the next one.
   *
   * @param streams among them all that have rows in the head
   */
  void seal(RetiredHead retired, List<LiveStreams> streams, long nowNanos) {
    int rowsEach = REMEMBERED_ROWS / Math.max(1, inHead(retired.head(), streams).size());
    List<SealedRows> past = new ArrayList<>();
    for (LiveStreams some : streams) {
      past.addAll(leave(retired.head(), some, rowsEach, nowNanos));
    }
    sealer.submit(new SealJob(retired, past));
  }

  private static List<SealedRows> leave(
      Head head, LiveStreams streams, int rowsEach, long nowNanos) {
    List<SealedRows> past = new ArrayList<>();
    List<LiveStream> inHead = inHead(head, List.of(streams));
    for (LiveStream stream : inHead) {
      past.add(new SealedRows(stream.rows(), rowsEach, nowNanos));
    }
    for (int i = 0; i < past.size(); i++) {
      inHead.get(i).leaveHead(past.get(i));
    }
    streams.remember(past);
    return past;
  }

  /** Forgets a head that will not be sealed. */
  void discard(Head head, List<LiveStreams> streams) {
    inHead(head, streams).forEach(stream -> stream.leaveHead(null));
  }

  private static List<LiveStream> inHead(Head head, List<LiveStreams> streams) {
    List<LiveStream> inHead = new ArrayList<>();
    for (LiveStreams some : streams) {
      some.forEach(
          stream -> {
            if (stream.rows() != null && stream.rows().values() == head.values()) {
              inHead.add(stream);
            }
          });
    }
    return inHead;
  }
}
