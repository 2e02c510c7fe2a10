package dev.skald.ingester;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A head that is to be sealed.
 *
 * @param past the last rows of its streams, to be remembered after the head is gone
 * @param done completes when the head is sealed, or with what this attempt failed on
 */
record SealJob(RetiredHead retired, List<SealedRows> past, CompletableFuture<Void> done) {

  /** Returns the same job with another attempt before it. */
  SealJob again() {
    return new SealJob(retired, past, new CompletableFuture<>());
  }

  Head head() {
    return retired.head();
  }
}
