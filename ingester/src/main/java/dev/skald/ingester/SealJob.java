package dev.skald.ingester;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A head that is to be sealed.
 *
 * @param past the last rows of its streams, to be remembered after the head is gone
 * @param attempt how many attempts there were before this one
 * @param done completes when the head is sealed, or with what this attempt failed on
 */
record SealJob(
    RetiredHead retired, List<SealedRows> past, int attempt, CompletableFuture<Void> done) {

  SealJob(RetiredHead retired, List<SealedRows> past) {
    this(retired, past, 0, new CompletableFuture<>());
  }

  /** Returns the same job with another attempt before it. */
  SealJob again() {
    return new SealJob(retired, past, attempt + 1, new CompletableFuture<>());
  }

  Head head() {
    return retired.head();
  }
}
