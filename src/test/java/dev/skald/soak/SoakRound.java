package dev.skald.soak;

import dev.skald.logql.Labels;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.StorageSnapshot;
import dev.skald.storage.TestEntry;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.testing.Call;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.FaultyStore.Fault;
import dev.skald.storage.testing.Mishaps;
import dev.skald.storage.wal.WalDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One random schedule on one directory, the same one for the same seed. After each step every
 * tenant sees what was acknowledged exactly once, and nothing that was never pushed.
 */
final class SoakRound implements AutoCloseable {
  private static final List<String> TENANTS = List.of("one", "two");
  private static final long DAY = 86_400_000_000_000L;
  private static final int MOST_CALLS = 12;

  private final Path directory;
  private final Random random;
  private final FaultyStore objects = new FaultyStore(new MemoryStore());
  private final Map<String, Ledger> ledgers = new TreeMap<>();
  private final List<String> done = new ArrayList<>();
  private Instant now = Instant.ofEpochSecond(20_000L * 86_400);
  private long time = 20_000L * DAY;
  private int volume;
  private int pushed;
  private SoakLife life;

  SoakRound(Path directory, long seed) throws IOException, InterruptedException {
    this.directory = directory;
    this.random = new Random(seed);
    TENANTS.forEach(tenant -> ledgers.put(tenant, new Ledger()));
    start();
  }

  /** Does steps and checks after each. */
  void run(int steps) throws IOException, InterruptedException {
    for (int i = 0; i < steps; i++) {
      step();
      check();
    }
  }

  /** Returns how many entries are in the ledgers. */
  int entries() {
    return ledgers.values().stream().mapToInt(Ledger::size).sum();
  }

  private void step() throws IOException, InterruptedException {
    int dice = random.nextInt(100);
    now = now.plusSeconds(random.nextInt(60));
    if (dice < 49) {
      push();
    } else if (dice < 53) {
      note("merge");
      life.merge(now);
    } else if (dice < 55) {
      dieInAMerge();
    } else if (dice < 63) {
      note("flush");
      life.flush();
    } else if (dice < 68) {
      tick();
    } else if (dice < 71) {
      note("sweep");
      life.storage().sweep(now);
    } else if (dice < 75) {
      note("stop");
      life.stop();
      start();
    } else if (dice < 79) {
      note("kill");
      crash();
    } else if (dice < 83) {
      dieInAPush();
    } else if (dice < 88) {
      dieInASeal();
    } else if (dice < 92) {
      failOneCall();
    } else if (dice < 94) {
      outage();
    } else if (dice < 96) {
      failTheLog();
    } else if (dice < 98) {
      failTheReads();
    } else if (dice < 99) {
      readElsewhere();
    } else {
      loseTheVolume();
    }
  }

  private void note(String step) {
    done.add(step);
  }

  private void start() throws IOException, InterruptedException {
    SoakLife.Place place =
        new SoakLife.Place(
            directory.resolve("data-" + volume),
            directory.resolve("wal-" + volume),
            1 + random.nextInt(3),
            random.nextBoolean(),
            () -> now,
            SoakRound::refuse);
    if (random.nextInt(4) == 0) {
      int calls = random.nextInt(MOST_CALLS);
      note("start that fails after " + calls + " calls");
      objects.dieAfter(calls, fault());
      try {
        // Seals that fail would keep a replay waiting for ever; what fails is the opening.
        Storage.open(
                StorageOptions.in(place.data()),
                objects,
                new Storage.Writer(logId(place), () -> now))
            .close();
      } catch (IOException expected) {
        // The next start finds what is left.
      }
      objects.heal();
    }
    life = SoakLife.start(place, objects);
  }

  private static void refuse(CorruptDataException what) {
    throw new AssertionError("nothing was damaged, but " + what.getMessage());
  }

  private static LogId logId(SoakLife.Place place) throws IOException {
    try (WalDirectory logs = WalDirectory.open(place.wal())) {
      return logs.id();
    }
  }

  private Fault fault() {
    return random.nextBoolean() ? Fault.BEFORE : Fault.AFTER;
  }

  private void crash() throws IOException, InterruptedException {
    life.kill();
    objects.heal();
    ledgers.values().forEach(Ledger::crashed);
    start();
  }

  private void push() throws InterruptedException {
    String tenant = TENANTS.get(random.nextInt(TENANTS.size()));
    List<TestEntry> entries = newEntries();
    note("push " + entries.size() + " of " + tenant);
    if (life.push(tenant, entries)) {
      ledgers.get(tenant).acknowledged(entries);
    } else {
      ledgers.get(tenant).refused(entries);
    }
  }

  private List<TestEntry> newEntries() {
    Labels labels = Labels.of("app", "a" + random.nextInt(4));
    List<TestEntry> entries = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      time += random.nextInt(20) == 0 ? DAY / 3 : random.nextInt(3) * 1_000_000_000L;
      String line = "line " + pushed++ + " " + "x".repeat(random.nextInt(200));
      Map<String, String> metadata =
          random.nextBoolean() ? Map.of() : Map.of("level", "l" + random.nextInt(3));
      entries.add(TestEntry.of(labels, time, line, metadata));
    }
    return entries;
  }

  private void tick() {
    now = now.plus(Duration.ofMinutes(random.nextInt(20)));
    note("tick");
    life.ingester().tick(now);
  }

  private void dieInAPush() throws IOException, InterruptedException {
    int bytes = random.nextInt(600);
    note("die after " + bytes + " bytes of log");
    life.logs().dieAfter(bytes);
    push();
    crash();
  }

  private void dieInASeal() throws IOException, InterruptedException {
    int calls = random.nextInt(MOST_CALLS);
    note("die after " + calls + " calls of a seal");
    push();
    objects.dieAfter(calls, fault());
    life.flush();
    crash();
  }

  private void dieInAMerge() throws IOException, InterruptedException {
    int calls = random.nextInt(MOST_CALLS);
    note("die after " + calls + " calls of a merge");
    objects.dieAfter(calls, fault());
    life.merge(now);
    crash();
  }

  private void failOneCall() throws InterruptedException {
    int calls = random.nextInt(MOST_CALLS);
    note("fail call " + calls + " of a seal");
    push();
    objects.failAfter(calls, fault());
    life.flush();
    objects.heal();
  }

  private void outage() throws InterruptedException {
    note("outage");
    objects.always(Call.any(), Mishaps.unavailable());
    int pushes = random.nextInt(5);
    for (int i = 0; i < pushes; i++) {
      push();
    }
    life.flush();
    objects.heal();
    life.ingester().tick(now);
  }

  private void failTheLog() throws InterruptedException {
    boolean full = random.nextBoolean();
    note(full ? "full disk of the log" : "failing sync of the log");
    life.logs().full(full);
    life.logs().syncFails(!full);
    push();
    life.logs().full(false);
    life.logs().syncFails(false);
  }

  /** A query over a store that is away fails, or has everything in memory: nothing between. */
  private void failTheReads() {
    note("failing reads");
    objects.always(Call.gets(), Mishaps.unavailable());
    for (String tenant : TENANTS) {
      try {
        check(tenant, life.visible(tenant));
      } catch (UncheckedIOException expected) {
        // Better than half an answer.
      }
    }
    objects.heal();
  }

  /**
   * A process that only reads sees once what is sealed; perhaps more of it than the writer, to whom
   * an answer was lost.
   */
  private void readElsewhere() throws IOException {
    note("read elsewhere");
    StorageSnapshot before = life.storage().snapshot();
    StorageOptions options = StorageOptions.in(directory.resolve("reader"));
    try (Storage reader = Storage.openReader(options, objects)) {
      for (String tenant : TENANTS) {
        List<TestEntry> sealed = SoakLife.stored(before, tenant);
        List<TestEntry> there = SoakLife.stored(reader.snapshot(), tenant);
        Set<TestEntry> once = new HashSet<>(there);
        if (once.size() != there.size()
            || !once.containsAll(sealed)
            || !new HashSet<>(life.visible(tenant)).containsAll(once)) {
          throw new AssertionError(
              "a reader sees %d entries, %d different ones, the writer has sealed %d"
                      .formatted(there.size(), once.size(), sealed.size())
                  + story());
        }
      }
    }
  }

  /** The next process has no log and is another writer; what was sealed is all that it has. */
  private void loseTheVolume() throws IOException, InterruptedException {
    note("lose the volume");
    for (String tenant : TENANTS) {
      List<TestEntry> sealed = SoakLife.stored(life.storage().snapshot(), tenant);
      ledgers.get(tenant).logLost(new HashSet<>(sealed));
    }
    volume++;
    crash();
  }

  private void check() {
    for (String tenant : TENANTS) {
      check(tenant, life.visible(tenant));
    }
  }

  private void check(String tenant, List<TestEntry> seen) {
    List<String> wrong = ledgers.get(tenant).check(seen);
    if (!wrong.isEmpty()) {
      throw new AssertionError("tenant " + tenant + ": " + String.join("\n  ", wrong) + story());
    }
  }

  private String story() {
    int from = Math.max(0, done.size() - 15);
    return "\n  after step "
        + done.size()
        + ": "
        + String.join(" · ", done.subList(from, done.size()));
  }

  @Override
  public void close() {
    life.kill();
  }
}
