package dev.skald.soak;

import dev.skald.config.RetentionLimits;
import dev.skald.config.RetentionLimits.StreamRetention;
import dev.skald.logql.Labels;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.TestEntry;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.FaultyStore.Fault;
import dev.skald.storage.wal.WalDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The store, the process that runs on it now, and what its tenants were promised. By chance, but
 * the same for the same seed.
 */
final class SoakWorld implements AutoCloseable {
  static final List<String> TENANTS = List.of("one", "two");
  static final long DAY = 86_400_000_000_000L;
  static final int MOST_CALLS = 12;

  /** What only the first tenant has: lines that expire, some of them sooner. */
  private static final Duration PERIOD = Duration.ofDays(4);

  private static final Duration SHORT_PERIOD = Duration.ofDays(2);
  private static final String SHORT_LIVED = "a1";

  final Path directory;
  final Random random;
  final FaultyStore objects = new FaultyStore(new MemoryStore());
  final Map<String, Ledger> ledgers = new TreeMap<>();
  final Map<String, AskedDeletions> deletions = new TreeMap<>();
  private final List<String> done = new ArrayList<>();

  /** What the clock says. */
  Instant now = Instant.ofEpochSecond(20_000L * 86_400);

  /** The time of the newest entry. */
  long time = 20_000L * DAY;

  SoakLife life;
  private int volume;
  private int pushed;

  SoakWorld(Path directory, long seed) throws IOException, InterruptedException {
    this.directory = directory;
    this.random = new Random(seed);
    TENANTS.forEach(tenant -> ledgers.put(tenant, new Ledger()));
    TENANTS.forEach(tenant -> deletions.put(tenant, new AskedDeletions()));
    start();
  }

  /** Returns how many entries are in the ledgers. */
  int entries() {
    return ledgers.values().stream().mapToInt(Ledger::size).sum();
  }

  /** Returns how many of them have expired or were deleted, and are gone. */
  int gone() {
    return ledgers.values().stream().mapToInt(Ledger::gone).sum();
  }

  /** Remembers what is done now. */
  void note(String step) {
    done.add(step);
  }

  /** Where a process runs, and how, by chance. */
  SoakLife.Place place(String name) {
    return new SoakLife.Place(
        directory.resolve("data-" + name),
        directory.resolve("wal-" + name),
        1 + random.nextInt(3),
        random.nextBoolean(),
        () -> now,
        SoakWorld::limits,
        SoakWorld::refuse);
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

  /** Starts the process; sometimes after a start that fails. */
  void start() throws IOException, InterruptedException {
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

  /** Before a call has had its effect, or after. */
  Fault fault() {
    return random.nextBoolean() ? Fault.BEFORE : Fault.AFTER;
  }

  /** The process ends without a word, and another begins. */
  void crash() throws IOException, InterruptedException {
    life.kill();
    objects.heal();
    ledgers.values().forEach(Ledger::crashed);
    start();
  }

  /** Pushes some entries of one stream and keeps account of what became of them. */
  void push() throws InterruptedException {
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

  /** Returns what of some entries nobody may miss, whatever edits he has seen and others not. */
  List<TestEntry> mustSee(String tenant, List<TestEntry> entries) {
    AskedDeletions asked = deletions.get(tenant);
    return entries.stream()
        .filter(entry -> ledgers.get(tenant).keeps(entry) && !asked.hides(entry))
        .filter(entry -> asked.unsure().stream().noneMatch(lines -> lines.test(entry)))
        .toList();
  }

  /** Every tenant sees what it must see, and nothing else. */
  void check() {
    for (String tenant : TENANTS) {
      check(tenant, life.visible(tenant));
    }
  }

  void check(String tenant, List<TestEntry> seen) {
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

  /** What was done lately, for a failure. */
  String story() {
    int from = Math.max(0, done.size() - 15);
    return "\n  after step "
        + done.size()
        + ": "
        + String.join(" · ", done.subList(from, done.size()));
  }

  /** The next process has no directory of its own yet. */
  void loseVolume() {
    volume++;
  }

  @Override
  public void close() {
    life.kill();
  }
}
