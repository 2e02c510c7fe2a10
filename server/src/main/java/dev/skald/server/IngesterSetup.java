package dev.skald.server;

import dev.skald.config.Overrides;
import dev.skald.config.SkaldConfig;
import dev.skald.config.WalConfig;
import dev.skald.ingester.Ingester;
import dev.skald.ingester.SealedHeads;
import dev.skald.storage.Storage;
import dev.skald.storage.wal.NoWal;
import dev.skald.storage.wal.WalDirectory;
import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what takes pushes as the configuration says: its log, its threads. */
record IngesterSetup(SkaldConfig config, Clock clock, Lifecycle lifecycle, Metrics metrics) {
  private static final Logger LOG = LoggerFactory.getLogger(IngesterSetup.class);

  /** Opens the log. One that was written before it was switched off is still read. */
  WalStore logs() throws IOException {
    WalConfig wal = config.ingester().wal();
    if (!wal.enabled() && !WalDirectory.exists(wal.directory())) {
      return new NoWal();
    }
    WalDirectory logs = WalDirectory.open(wal.directory());
    lifecycle.onStop(logs::close);
    return wal.enabled() ? logs : new NoWal(logs);
  }

  /** Makes an ingester that takes nothing before it is started. */
  Ingester ingester(WalStore logs, Storage storage, Overrides overrides) throws IOException {
    ExecutorService sealing =
        Executors.newFixedThreadPool(config.ingester().sealThreads(), Threads.daemons("seal"));
    lifecycle.onStop(sealing::close);
    Ingester ingester =
        new Ingester(
            config.ingester(),
            new Ingester.Environment(
                logs,
                SealedHeads.in(storage),
                overrides,
                clock,
                System::nanoTime,
                Threads.daemons("shard"),
                sealing,
                metrics.ingesters()),
            config.patterns());
    lifecycle.onStop(ingester::close);
    lifecycle.onStop(ingester::flush);
    metrics.ingesters().observe(ingester);
    return ingester;
  }

  /** Starts an ingester on a thread of its own, which replays the log of the last run. */
  void start(Ingester ingester, Health health) {
    health.waits("Ingester not ready: replaying the write-ahead log");
    Thread replay = Threads.daemons("replay").newThread(() -> replay(ingester, health));
    lifecycle.onStop(
        () -> {
          replay.interrupt();
          replay.join();
        });
    replay.start();
  }

  private static void replay(Ingester ingester, Health health) {
    try {
      ingester.start();
      health.works();
      LOG.info("Skald started, replay took {} s", ingester.stats().replaySeconds());
    } catch (IOException | RuntimeException | Error e) {
      health.fails("Ingester not ready: the replay has failed: " + e.getMessage());
      LOG.error("the write-ahead log cannot be replayed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
