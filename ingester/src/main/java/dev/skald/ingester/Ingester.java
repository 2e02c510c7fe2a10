package dev.skald.ingester;

import dev.skald.storage.wal.PushRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Takes pushed records, makes them durable in the write-ahead log, keeps them readable in heads,
 * and hands full heads to storage. Safe for use by any thread.
 *
 * <p>A reader of everything takes {@link #heads} first, then a storage snapshot, and leaves out the
 * heads that the snapshot calls sealed: so it sees every entry once.
 */
public final class Ingester implements AutoCloseable {
  private final Ring ring = new Ring(1);

  Ingester() {}

  /** Returns how many shards there are; a record goes to one of them. */
  public int shards() {
    return ring.shards();
  }

  /** Returns the shard, from 0, that takes the entries of a stream. */
  public int shard(long streamHash) {
    return ring.shard(streamHash);
  }

  /**
   * Stores a record whose streams all belong to a shard.
   *
   * @return completes when the sync policy of the log holds; fails with {@link
   *     WriteUnavailableException} if nothing was stored and the client should try again
   */
  public CompletableFuture<PushResult> push(int shard, PushRecord record) {
    throw new UnsupportedOperationException("shard " + shard + ", record " + record);
  }

  /** Returns what a tenant has in heads that are not dropped yet, sealed or not. */
  public List<HeadEntries> heads(String tenant) {
    throw new UnsupportedOperationException(tenant);
  }

  /** Returns whether the log of the last run has been replayed and pushes are taken. */
  public boolean ready() {
    return false;
  }

  /** Does what is due: seals heads that are old, tries failed seals again, forgets idle streams. */
  public void tick(Instant now) {
    throw new UnsupportedOperationException(now.toString());
  }

  /**
   * Seals everything that was accepted before the call.
   *
   * @throws IOException if a head could not be sealed; it stays readable and logged
   */
  public void flush() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Takes no more pushes, seals everything and stops. */
  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
