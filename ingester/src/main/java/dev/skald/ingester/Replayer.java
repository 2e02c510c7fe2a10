package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.wal.CorruptRecordException;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordReader;
import dev.skald.storage.wal.WalReader;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log files that an earlier run has left, one after the other, each into a head that is
 * sealed at once. For one thread, before the shards start.
 */
final class Replayer {
  private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);
  private static final long SEAL_WAIT_MILLIS = 1000;

  private final Heads heads;
  private final SealedHeads storage;
  private final InstantSource clock;
  private final IngesterCounters counters;
  private final List<LiveStreams> streams;
  private final Ring ring;
  private final HeadList readable;
  private final PushRecordReader check = new PushRecordReader();

  /**
   * @param streams those of each shard, which learn what was stored
   * @param readable holds the heads until they are sealed
   */
  Replayer(
      Heads heads,
      SealedHeads storage,
      InstantSource clock,
      IngesterCounters counters,
      List<LiveStreams> streams,
      HeadList readable) {
    this.heads = heads;
    this.storage = storage;
    this.clock = clock;
    this.counters = counters;
    this.streams = streams;
    this.ring = new Ring(streams.size());
    this.readable = readable;
  }

  /** Replays every file of the log. */
  void replay() throws IOException, InterruptedException {
    for (long number : heads.logs().numbers()) {
      if (storage.isSealed(new HeadId(number))) {
        heads.logs().delete(number);
      } else {
        replay(number);
      }
    }
  }

  private void replay(long number) throws InterruptedException {
    String path = heads.logs().path(number);
    while (!heads.sealer().places().take(SEAL_WAIT_MILLIS)) {
      LOG.info("Replay waits for heads to be sealed before it reads {}", path);
    }
    long now = Shard.nanos(clock.instant());
    Head head = heads.newHead(number, now);
    Damage damage = new Damage(path);
    try {
      long records = readInto(head, number, damage);
      head.commit(now);
      LOG.info("Replayed {} records of {}", records, path);
      retire(head, damage.corrupt);
    } catch (ClosedByInterruptException e) {
      drop(head);
      throw new InterruptedException("the replay is to end");
    } catch (IOException e) {
      counters.walCorruptions.increment();
      LOG.error("Cannot replay {}, it is left where it is", path, e);
      drop(head);
    }
  }

  /** Lets go of a head as if it had never been; its file is not touched. */
  private void drop(Head head) {
    head.rollback();
    heads.discard(head, streams);
    heads.sealer().places().giveBack();
  }

  private void retire(Head head, boolean damaged) {
    RetiredHead retired = new RetiredHead(head, null, damaged, readable);
    if (head.isEmpty()) {
      heads.discard(head, streams);
      heads.sealer().drop(retired);
      return;
    }
    counters.duplicates.add(head.duplicates());
    readable.add(head);
    heads.seal(retired, streams, Shard.nanos(clock.instant()));
  }

  private long readInto(Head head, long number, Damage damage) throws IOException {
    long records = 0;
    try (WalReader reader = WalReader.open(heads.logs(), number, damage)) {
      while (reader.next()) {
        PushRecord record = reader.record();
        try {
          addStreams(record);
          head.append(record, this::find);
          records++;
        } catch (CorruptRecordException | IllegalArgumentException e) {
          damage.corrupt(reader.offset(), record.length(), e.getMessage());
        }
      }
    }
    return records;
  }

  /** Walks over the whole record, so that nothing of a bad one gets into the head. */
  private void addStreams(PushRecord record) {
    check.reset(record);
    while (check.nextStream()) {
      long hash = check.streamHash();
      streams.get(ring.shard(hash)).findOrAdd(check.tenant(), check.labels(), hash, 0);
      while (check.nextEntry()) {
        // Only to see that it decodes.
      }
    }
  }

  private LiveStream find(String tenant, Slice labels, long hash) {
    return streams.get(ring.shard(hash)).find(tenant, labels, hash);
  }

  private final class Damage implements WalReader.Damage {
    private final String path;
    private boolean corrupt;

    Damage(String path) {
      this.path = path;
    }

    @Override
    public void torn(long offset, long bytes) {
      LOG.warn("{}: cut {} bytes at byte {}, the last write before a crash", path, bytes, offset);
    }

    @Override
    public void corrupt(long offset, long bytes, String problem) {
      corrupt = true;
      counters.walCorruptions.increment();
      LOG.error("{}: left out {} bad bytes at byte {}: {}", path, bytes, offset, problem);
    }
  }
}
