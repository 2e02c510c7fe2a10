package dev.skald.ingester;

import dev.skald.storage.wal.PushRecord;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What a shard's thread is asked to do. */
sealed interface ShardTask {

  /** Store a record. */
  record Push(PushRecord record, CompletableFuture<PushResult> future) implements ShardTask {}

  /** Hand everything to the sealer. */
  record Seal(SealReason reason, CompletableFuture<Void> future) implements ShardTask {
    static Seal of(SealReason reason) {
      return new Seal(reason, new CompletableFuture<>());
    }
  }

  /** Do what is due at a time. */
  record Tick(Instant now) implements ShardTask {}

  /** Close the log and end. */
  record Stop() implements ShardTask {}
}
