package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.IngesterConfig;
import dev.skald.config.Limits;
import dev.skald.ingester.Entries.Entry;
import dev.skald.logql.Labels;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.StorageSnapshot;
import dev.skald.storage.object.FilesystemStore;
import dev.skald.storage.wal.WalDirectory;
import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngesterWithStorageTest {
  @TempDir Path directory;

  @Test
  void movesEntriesFromTheLogIntoSegmentsAcrossRestarts() throws Exception {
    List<Entry> all = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      try (WalDirectory logs = WalDirectory.open(directory.resolve("wal"));
          Storage storage = open(directory.resolve("data"), logs);
          Ingester ingester = ingester(storage, logs)) {
        ingester.start();
        assertThat(visible(ingester, storage)).containsExactlyInAnyOrderElementsOf(all);
        for (int i = 0; i < 20; i++) {
          Labels labels = Labels.of("app", "a" + i % 3);
          Entry entry = new Entry(labels, run * 100 + i, "line " + i, Map.of("k", "v" + i % 4));
          all.add(entry);
          int shard = ingester.shard(Entries.hash(labels));
          ingester.push(shard, Entries.record("t", entry)).get();
        }
        if (run == 1) {
          ingester.flush();
        }
        assertThat(visible(ingester, storage)).containsExactlyInAnyOrderElementsOf(all);
      }
    }
  }

  private static Storage open(Path data, WalStore logs) throws IOException {
    return Storage.open(
        StorageOptions.in(data),
        new FilesystemStore(data),
        new Storage.Writer(logs.id(), InstantSource.system()));
  }

  private static Ingester ingester(Storage storage, WalStore logs) throws Exception {
    return new Ingester(
        IngesterConfig.defaults(),
        new Ingester.Environment(
            logs,
            SealedHeads.in(storage),
            tenant -> Limits.defaults(),
            InstantSource.system(),
            System::nanoTime,
            Thread.ofPlatform().daemon().factory(),
            Runnable::run));
  }

  private static List<Entry> visible(Ingester ingester, Storage storage) {
    List<HeadEntries> heads = ingester.heads("t");
    StorageSnapshot stored = storage.snapshot();
    List<Entry> entries = new ArrayList<>(Entries.all(stored.entries("t")));
    for (HeadEntries head : heads) {
      if (!stored.sealed(head.head())) {
        entries.addAll(Entries.all(head.entries()));
      }
    }
    return entries;
  }
}
