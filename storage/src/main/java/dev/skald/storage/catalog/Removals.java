package dev.skald.storage.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers when edits of this process took segments out. Safe for use by any thread. */
final class Removals {
  private final Map<String, Instant> times = new ConcurrentHashMap<>();

  /** Notes what an edit does that is now seen to be made. */
  void note(CatalogEdit edit, Instant now) {
    for (CatalogChange change : edit.changes()) {
      if (change instanceof CatalogChange.Removed removed) {
        times.put(removed.garbage().key(), now);
      } else if (change instanceof CatalogChange.Swept swept) {
        times.remove(swept.key());
      }
    }
  }

  /** Returns whether the delay is over since this process took a segment out, if it has. */
  boolean isDue(Garbage garbage, Instant now) {
    Instant removed = times.get(garbage.key());
    return removed == null || Duration.between(removed, now).compareTo(garbage.delay()) >= 0;
  }
}
