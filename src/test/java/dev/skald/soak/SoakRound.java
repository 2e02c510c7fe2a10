package dev.skald.soak;

import dev.skald.config.RetentionLimits;
import dev.skald.config.RetentionLimits.StreamRetention;
import dev.skald.logql.Labels;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.StorageSnapshot;
import dev.skald.storage.TestEntry;
import dev.skald.storage.catalog.DeleteRequest;
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

  /** What only the first tenant has: lines that expire, some of them sooner. */
  private static final Duration PERIOD = Duration.ofDays(4);

  private static final Duration SHORT_PERIOD = Duration.ofDays(2);
  private static final String SHORT_LIVED = "a1";

  private final Path directory;
  private final Random random;
  private final FaultyStore objects = new FaultyStore(new MemoryStore());
  private final Map<String, Ledger> ledgers = new TreeMap<>();
  private final Map<String, AskedDeletions> deletions = new TreeMap<>();
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
    TENANTS.forEach(tenant -> deletions.put(tenant, new AskedDeletions()));
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

  /** Returns how many of them have expired or were deleted, and are gone. */
  int gone() {
    return ledgers.values().stream().mapToInt(Ledger::gone).sum();
  }

  private void step() throws IOException, InterruptedException {
    now = now.plusSeconds(random.nextInt(60));
    if (random.nextInt(100) < 84) {
      stepOfStorage();
    } else {
      stepOfRetention();
    }
  }

  private void stepOfRetention() throws IOException, InterruptedException {
    int dice = random.nextInt(16);
    if (dice < 4) {
      askToDelete();
    } else if (dice < 5) {
      withdraw();
    } else if (dice < 10) {
      retain();
    } else if (dice < 13) {
      dieInRetention();
    } else if (dice < 14) {
      failInRetention();
    } else {
      anotherTakesOver();
    }
  }

  private void stepOfStorage() throws IOException, InterruptedException {
    int dice = random.nextInt(100);
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

  private SoakLife.Place place(String name) {
    return new SoakLife.Place(
        directory.resolve("data-" + name),
        directory.resolve("wal-" + name),
        1 + random.nextInt(3),
        random.nextBoolean(),
        () -> now,
        SoakRound::limits,
        SoakRound::refuse);
  }

  private static RetentionLimits limits(String tenant) {
    if (!tenant.equals(TENANTS.getFirst())) {
      return RetentionLimits.defaults();
    }
    String shortLived = "{app=\"" + SHORT_LIVED + "\"}";
    return new RetentionLimits(
        PERIOD,
        List.of(StreamRetention.of(shortLived, 1, SHORT_PERIOD)),
        RetentionLimits.Deletion.FILTER_AND_DELETE);
  }

  private boolean expired(TestEntry entry) {
    boolean isShort = SHORT_LIVED.equals(entry.labels().get("app"));
    return entry.time() < nanos(now.minus(isShort ? SHORT_PERIOD : PERIOD));
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  private void start() throws IOException, InterruptedException {
    SoakLife.Place place = place(Integer.toString(volume));
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

  private void askToDelete() {
    String tenant = TENANTS.get(random.nextInt(TENANTS.size()));
    long start = time - random.nextLong(2 * DAY);
    AskedDeletions.Lines lines =
        new AskedDeletions.Lines(
            random.nextInt(3) == 0 ? null : "a" + random.nextInt(4),
            random.nextInt(3) == 0 ? null : random.nextInt(10) + " ",
            start,
            start + random.nextLong(2 * DAY));
    boolean faulty = random.nextInt(4) == 0;
    note("ask to delete " + lines + " of " + tenant + (faulty ? ", with a fault" : ""));
    deletions.get(tenant).tried(lines);
    if (faulty) {
      objects.failAfter(random.nextInt(2), fault());
    }
    try {
      DeleteRequest request =
          life.deletes().create(tenant, lines.query(), lines.start(), lines.end(), now);
      deletions.get(tenant).acknowledged(request);
    } catch (IOException refused) {
      // It may be found in the catalog later.
    }
    objects.heal();
  }

  private void withdraw() {
    for (String tenant : TENANTS) {
      for (DeleteRequest request : deletions.get(tenant).pending()) {
        note("withdraw " + request.query() + " of " + tenant);
        deletions.get(tenant).withdrawn(request);
        if (random.nextInt(4) == 0) {
          objects.failAfter(random.nextInt(2), fault());
        }
        try {
          life.deletes().cancel(request);
        } catch (IOException refused) {
          // It may be gone nevertheless.
        }
        objects.heal();
        return;
      }
    }
  }

  /** Sometimes the clock comes to where the lines are, so that some of them are old. */
  private void prepareRetention() {
    if (random.nextBoolean()) {
      Instant written = Instant.ofEpochSecond(time / 1_000_000_000L);
      now = written.isAfter(now) ? written : now;
    }
    now = now.plus(Duration.ofMinutes(1 + random.nextInt(20)));
    ledgers.values().forEach(Ledger::deleting);
  }

  private void retain() {
    prepareRetention();
    note("retention at " + now);
    life.retain(now);
  }

  private void dieInRetention() throws IOException, InterruptedException {
    prepareRetention();
    int calls = random.nextInt(3 * MOST_CALLS);
    note("die after " + calls + " calls of retention at " + now);
    objects.dieAfter(calls, fault());
    life.retain(now);
    crash();
  }

  private void failInRetention() {
    prepareRetention();
    int calls = random.nextInt(3 * MOST_CALLS);
    note("fail call " + calls + " of retention at " + now);
    objects.failAfter(calls, fault());
    life.retain(now);
    objects.heal();
  }

  /**
   * Another process takes over the store while this one goes on: nothing is lost of either, and
   * this one's unsealed lines are there again once it is the writer again.
   */
  private void anotherTakesOver() throws IOException, InterruptedException {
    note("another takes over");
    SoakLife first = life;
    SoakLife other = SoakLife.start(place("other"), objects);
    try {
      for (int i = random.nextInt(4); i > 0; i--) {
        push();
      }
      first.flush();
      push();
      check();
      checkOther(first, other);
      life = other;
      push();
      if (!other.flush()) {
        throw new AssertionError("the other cannot seal" + story());
      }
    } finally {
      life = first;
      other.kill();
    }
    note("the first again");
    crash();
  }

  /** What is sealed is seen by the other too, once; what is in heads here is not. */
  private void checkOther(SoakLife first, SoakLife other) {
    for (String tenant : TENANTS) {
      List<TestEntry> sealed = SoakLife.seen(first.storage().snapshot(), tenant);
      List<TestEntry> there = other.visible(tenant);
      Set<TestEntry> once = new HashSet<>(there);
      if (once.size() != there.size() || !once.containsAll(mustSee(tenant, sealed))) {
        throw new AssertionError("the other sees " + there.size() + " entries" + story());
      }
    }
  }

  /** Returns what of some entries nobody may miss, whatever edits he has seen and others not. */
  private List<TestEntry> mustSee(String tenant, List<TestEntry> entries) {
    AskedDeletions asked = deletions.get(tenant);
    return entries.stream()
        .filter(entry -> ledgers.get(tenant).keeps(entry) && !asked.hides(entry))
        .filter(entry -> asked.unsure().stream().noneMatch(lines -> lines.test(entry)))
        .toList();
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
        List<TestEntry> sealed = SoakLife.seen(before, tenant);
        List<TestEntry> there = SoakLife.seen(reader.snapshot(), tenant);
        Set<TestEntry> once = new HashSet<>(there);
        if (once.size() != there.size()
            || !once.containsAll(mustSee(tenant, sealed))
            || !new HashSet<>(life.visible(tenant)).containsAll(mustSee(tenant, there))) {
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
    Ledger ledger = ledgers.get(tenant);
    AskedDeletions asked = deletions.get(tenant);
    if (tenant.equals(TENANTS.getFirst())) {
      ledger.mayGo(this::expired);
    }
    asked.update(life.deletes().list(tenant), ledger, nanos(now.minus(SoakLife.CANCEL_PERIOD)));
    List<String> wrong = ledger.check(seen, asked::hides);
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
