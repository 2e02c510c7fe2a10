package dev.skald.storage;

import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.object.ObjectStore;

/** Gets of a store in memory. */
final class ColdQueryTest extends ColdQueryContract {
  @Override
  ObjectStore openStore() {
    return new MemoryStore();
  }
}
