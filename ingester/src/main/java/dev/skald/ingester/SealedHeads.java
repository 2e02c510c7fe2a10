package dev.skald.ingester;

import dev.skald.logql.batch.Batch;
import dev.skald.storage.SealEffort;
import dev.skald.storage.Storage;
import dev.skald.storage.catalog.HeadId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the ingester needs of storage. Safe for use by any thread. */
public interface SealedHeads {

  /** Stores the entries of a head for good: all or, when this throws, none. */
  void seal(HeadId head, Map<String, Batch> byTenant, SealEffort effort) throws IOException;

  /** Returns whether a head is sealed. */
  boolean isSealed(HeadId head);

  /** Lets go of sealed heads whose log is deleted. */
  void forget(List<HeadId> heads) throws IOException;

  /** Returns the least number that no sealed head has ever had. */
  long nextHeadNumber();

  /**
   * Returns why no head will ever be sealed here again, so that pushes belong elsewhere; empty as
   * long as all is well.
   */
  default Optional<String> refusal() {
    return Optional.empty();
  }

  /** Returns the heads that are sealed into a storage. */
  static SealedHeads in(Storage storage) {
    return new SealedHeads() {
      @Override
      public void seal(HeadId head, Map<String, Batch> byTenant, SealEffort effort)
          throws IOException {
        storage.seal(head, byTenant, effort);
      }

      @Override
      public boolean isSealed(HeadId head) {
        return storage.snapshot().sealed(head);
      }

      @Override
      public void forget(List<HeadId> heads) throws IOException {
        storage.forget(heads);
      }

      @Override
      public long nextHeadNumber() {
        return storage.nextHeadNumber();
      }

      @Override
      public Optional<String> refusal() {
        return Optional.ofNullable(storage.fenced()).map(Throwable::getMessage);
      }
    };
  }
}
