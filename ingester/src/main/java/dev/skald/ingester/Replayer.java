package dev.skald.ingester;

import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.wal.WalReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log files that an earlier run has left, each into a head that is sealed at once. Files
 * of different shards are read at the same time; those of one shard, in their order, as what is
 * stored twice is found by the streams that a shard remembers. Before the shards start.
 */
final class Replayer {
  private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);
  private static final int ANY_SHARD = -1;

  private final FileReplay.Target target;
  private final SealedHeads storage;
  private final Ring ring;

  /** Files with streams of several shards: there were more or fewer of them when it was written. */
  private final Queue<Long> mixed = new ConcurrentLinkedQueue<>();

  Replayer(FileReplay.Target target, SealedHeads storage) {
    this.target = target;
    this.storage = storage;
    this.ring = new Ring(target.streams().size());
  }

  /**
   * Replays every file of the log.
   *
   * @param workers how many files are read at a time
   */
  void replay(int workers) throws IOException, InterruptedException {
    Map<Integer, List<Long>> byShard = new TreeMap<>();
    List<HeadId> done = new ArrayList<>();
    for (long number : target.heads().logs().numbers()) {
      if (storage.isSealed(new HeadId(number))) {
        target.heads().logs().delete(number);
        done.add(new HeadId(number));
      } else {
        byShard.computeIfAbsent(shard(number), shard -> new ArrayList<>()).add(number);
      }
    }
    forget(done);
    List<Long> unknown = byShard.remove(ANY_SHARD);
    List<FutureTask<Void>> tasks = new ArrayList<>();
    byShard.forEach((shard, numbers) -> tasks.add(new FutureTask<>(() -> replay(shard, numbers))));
    run(tasks, workers);
    mixed.addAll(unknown == null ? List.of() : unknown);
    replay(ANY_SHARD, mixed.stream().sorted().toList());
  }

  /** The next start tries again: the heads are still known as sealed then. */
  private void forget(List<HeadId> done) {
    try {
      storage.forget(done);
    } catch (IOException e) {
      LOG.warn("Cannot let go of {} sealed heads", done.size(), e);
    }
  }

  private Void replay(int shard, List<Long> numbers) throws InterruptedException {
    FileReplay replay = new FileReplay(target, shard);
    for (long number : numbers) {
      if (!replay.read(number)) {
        mixed.add(number);
      }
    }
    return null;
  }

  private void run(List<FutureTask<Void>> tasks, int workers)
      throws IOException, InterruptedException {
    Queue<FutureTask<Void>> open = new ConcurrentLinkedQueue<>(tasks);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(workers, tasks.size()); i++) {
      threads.add(target.threads().newThread(() -> runAll(open)));
    }
    threads.forEach(Thread::start);
    try {
      for (FutureTask<Void> task : tasks) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the log cannot be replayed: " + e.getCause(), e.getCause());
    } finally {
      open.clear();
      threads.forEach(Thread::interrupt);
      joinAll(threads);
    }
  }

  private static void runAll(Queue<FutureTask<Void>> open) {
    for (FutureTask<Void> task = open.poll(); task != null; task = open.poll()) {
      task.run();
    }
  }

  /** Waits for threads that are to end, though the one that waits is to end too. */
  private static void joinAll(List<Thread> threads) {
    boolean interrupted = Thread.interrupted();
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the shard of the first stream of a file, or {@link #ANY_SHARD} if there is none. */
  private int shard(long number) {
    try (WalReader reader =
        WalReader.open(target.heads().logs(), number, WalReader.Damage.IGNORED)) {
      return reader.next() ? FileReplay.firstShard(reader.record(), ring) : ANY_SHARD;
    } catch (IOException | IllegalArgumentException unreadable) {
      return ANY_SHARD;
    }
  }
}
