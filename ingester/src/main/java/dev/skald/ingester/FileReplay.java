package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import dev.skald.storage.wal.CorruptRecordException;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordReader;
import dev.skald.storage.wal.WalReader;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads log files of one shard, one after the other, each into a head. For one thread. */
final class FileReplay {
  private static final Logger LOG = LoggerFactory.getLogger(FileReplay.class);
  private static final long WAIT_MILLIS = 1000;

  /**
   * Where the entries go.
   *
   * @param streams those of each shard, which learn what was stored
   * @param readable holds the heads until they are sealed
   * @param memoryCeiling bytes that all heads may take meanwhile, if that is less than their limit
   * @param threads makes the threads that read files
   */
  record Target(
      Heads heads,
      InstantSource clock,
      IngesterCounters counters,
      List<LiveStreams> streams,
      HeadList readable,
      long memoryCeiling,
      ThreadFactory threads) {}

  /** A file has streams of other shards too. */
  private static final class OtherShardException extends Exception {
    private static final long serialVersionUID = 1;
  }

  private final Target target;
  private final Heads heads;
  private final List<LiveStreams> streams;
  private final int shard;
  private final Ring ring;
  private final PushRecordReader check = new PushRecordReader();

  /**
   * @param shard whose files are read, or a negative number for any
   */
  FileReplay(Target target, int shard) {
    this.target = target;
    this.heads = target.heads;
    this.shard = shard;
    this.ring = new Ring(target.streams.size());
    this.streams = shard < 0 ? target.streams : List.of(target.streams.get(shard));
  }

  /** Returns the shard of the first stream of a record, or -1 if it has none. */
  static int firstShard(PushRecord record, Ring ring) {
    PushRecordReader reader = new PushRecordReader();
    reader.reset(record);
    return reader.nextStream() ? ring.shard(reader.streamHash()) : -1;
  }

  /**
   * Reads a file into a head that is then sealed.
   *
   * @return false, and nothing done, if it has streams of other shards
   */
  boolean read(long number) throws InterruptedException {
    String path = heads.logs().path(number);
    long reserved = size(number);
    awaitRoom(reserved, path);
    long now = Shard.nanos(target.clock.instant());
    Head head = Heads.newHead(number, reserved, now);
    Damage damage = new Damage(path);
    try {
      long records = readInto(head, number, damage);
      head.commit(now);
      heads.memory().correct(head.memory() - reserved);
      LOG.info("Replayed {} records of {}", records, path);
      retire(head, damage.corrupt);
    } catch (OtherShardException e) {
      drop(head, reserved);
      return false;
    } catch (ClosedByInterruptException e) {
      drop(head, reserved);
      throw new InterruptedException("the replay is to end");
    } catch (IOException e) {
      target.counters.walCorruptions.increment();
      LOG.error("Cannot replay {}, it is left where it is", path, e);
      drop(head, reserved);
    }
    return true;
  }

  /** A file that cannot be read says so when it is. */
  private long size(long number) {
    try {
      return heads.logs().size(number);
    } catch (IOException unknown) {
      return 0;
    }
  }

  private void awaitRoom(long bytes, String path) throws InterruptedException {
    while (!heads.sealer().places().take(1, Long.MAX_VALUE, WAIT_MILLIS)) {
      LOG.info("Replay waits before {}: {}", path, heads.sealer().trouble("heads are full"));
    }
    while (!heads.memory().take(bytes, target.memoryCeiling, WAIT_MILLIS)) {
      LOG.info("Replay waits before {}: {}", path, heads.sealer().trouble("memory is full"));
    }
  }

  /** Lets go of a head as if it had never been; its file is not touched. */
  private void drop(Head head, long reserved) {
    head.rollback();
    heads.discard(head, streams);
    heads.memory().giveBack(reserved);
    heads.sealer().places().giveBack(1);
  }

  private void retire(Head head, boolean damaged) {
    RetiredHead retired =
        new RetiredHead(head, null, damaged, target.readable, SealReason.REPLAYED);
    if (head.isEmpty()) {
      heads.discard(head, streams);
      heads.sealer().drop(retired);
      return;
    }
    target.counters.duplicates.add(head.duplicates());
    target.readable.add(head);
    heads.seal(retired, streams, Shard.nanos(target.clock.instant()));
  }

  private long readInto(Head head, long number, Damage damage)
      throws IOException, OtherShardException {
    long records = 0;
    try (WalReader reader = WalReader.open(heads.logs(), number, damage)) {
      while (reader.next()) {
        PushRecord record = reader.record();
        try {
          addStreams(record);
          head.replay(record, this::find);
          records++;
        } catch (CorruptRecordException | IllegalArgumentException e) {
          damage.corrupt(reader.offset(), record.length(), e.getMessage());
        }
      }
    }
    return records;
  }

  /** Walks over the whole record, so that nothing of a bad one gets into the head. */
  private void addStreams(PushRecord record) throws OtherShardException {
    check.reset(record);
    while (check.nextStream()) {
      long hash = check.streamHash();
      if (shard >= 0 && ring.shard(hash) != shard) {
        throw new OtherShardException();
      }
      own(hash).findOrAdd(check.tenant(), check.labels(), hash, 0);
      while (check.nextEntry()) {
        // Only to see that it decodes.
      }
    }
  }

  private LiveStreams own(long hash) {
    return target.streams.get(ring.shard(hash));
  }

  private LiveStream find(String tenant, Slice labels, long hash) {
    return own(hash).find(tenant, labels, hash);
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
      target.counters.walCorruptions.increment();
      LOG.error("{}: left out {} bad bytes at byte {}: {}", path, bytes, offset, problem);
    }
  }
}
