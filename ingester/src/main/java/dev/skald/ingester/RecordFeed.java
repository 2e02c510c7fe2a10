package dev.skald.ingester;

import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes what shards store on to those who follow a tenant. Safe for use by any thread.
 *
 * <p>A record is passed on once its entries are readable. So who follows first and then reads the
 * heads misses nothing; what is stored at that moment may come in both ways.
 */
public final class RecordFeed {

  /** Follows a tenant. */
  @FunctionalInterface
  public interface Follower {
    /**
     * Takes a record of entries that were not stored before. Called by the threads that store, so
     * it must neither wait nor do much.
     */
    void stored(PushRecord record);
  }

  private volatile Map<String, List<Follower>> followers = Map.of();

  /** Passes on the records of a tenant from now on. */
  public synchronized void follow(String tenant, Follower follower) {
    List<Follower> own = new ArrayList<>(followers.getOrDefault(tenant, List.of()));
    own.add(follower);
    replace(tenant, own);
  }

  /** Passes on no more; a record that is under way may still come. */
  public synchronized void leave(String tenant, Follower follower) {
    List<Follower> own = new ArrayList<>(followers.getOrDefault(tenant, List.of()));
    own.remove(follower);
    replace(tenant, own);
  }

  private void replace(String tenant, List<Follower> own) {
    Map<String, List<Follower>> all = new HashMap<>(followers);
    if (own.isEmpty()) {
      all.remove(tenant);
    } else {
      all.put(tenant, List.copyOf(own));
    }
    followers = Map.copyOf(all);
  }

  /** Passes on records that have just become readable. */
  public void stored(List<PushRecord> records) {
    Map<String, List<Follower>> all = followers;
    if (all.isEmpty()) {
      return;
    }
    PushRecordReader reader = new PushRecordReader();
    for (PushRecord record : records) {
      reader.reset(record);
      for (Follower follower : all.getOrDefault(reader.tenant(), List.of())) {
        follower.stored(record);
      }
    }
  }
}
