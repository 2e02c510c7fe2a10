package dev.skald.soak;

import dev.skald.storage.catalog.DeleteRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** What happens to what is to go: requests to delete, and retention, well or with faults. */
final class RetentionSteps {
  private final SoakWorld world;

  RetentionSteps(SoakWorld world) {
    this.world = world;
  }

  void askToDelete() {
    String tenant = SoakWorld.TENANTS.get(world.random.nextInt(SoakWorld.TENANTS.size()));
    long start = world.time - world.random.nextLong(2 * SoakWorld.DAY);
    AskedDeletions.Lines lines =
        new AskedDeletions.Lines(
            world.random.nextInt(3) == 0 ? null : "a" + world.random.nextInt(4),
            world.random.nextInt(3) == 0 ? null : world.random.nextInt(10) + " ",
            start,
            start + world.random.nextLong(2 * SoakWorld.DAY));
    boolean faulty = world.random.nextInt(4) == 0;
    world.note("ask to delete " + lines + " of " + tenant + (faulty ? ", with a fault" : ""));
    world.deletions.get(tenant).tried(lines);
    if (faulty) {
      world.objects.failAfter(world.random.nextInt(2), world.fault());
    }
    try {
      DeleteRequest request =
          world.life.deletes().create(tenant, lines.query(), lines.start(), lines.end(), world.now);
      world.deletions.get(tenant).acknowledged(request);
    } catch (IOException refused) {
      // It may be found in the catalog later.
    }
    world.objects.heal();
  }

  void withdraw() {
    for (String tenant : SoakWorld.TENANTS) {
      for (DeleteRequest request : world.deletions.get(tenant).pending()) {
        world.note("withdraw " + request.query() + " of " + tenant);
        world.deletions.get(tenant).withdrawn(request);
        if (world.random.nextInt(4) == 0) {
          world.objects.failAfter(world.random.nextInt(2), world.fault());
        }
        try {
          world.life.deletes().cancel(request);
        } catch (IOException refused) {
          // It may be gone nevertheless.
        }
        world.objects.heal();
        return;
      }
    }
  }

  /** Sometimes the clock comes to where the lines are, so that some of them are old. */
  private void prepareRetention() {
    if (world.random.nextBoolean()) {
      Instant written = Instant.ofEpochSecond(world.time / 1_000_000_000L);
      world.now = written.isAfter(world.now) ? written : world.now;
    }
    world.now = world.now.plus(Duration.ofMinutes(1 + world.random.nextInt(20)));
    world.ledgers.values().forEach(Ledger::deleting);
  }

  void retain() {
    prepareRetention();
    world.note("retention at " + world.now);
    world.life.retain(world.now);
  }

  void dieInRetention() throws IOException, InterruptedException {
    prepareRetention();
    int calls = world.random.nextInt(3 * SoakWorld.MOST_CALLS);
    world.note("die after " + calls + " calls of retention at " + world.now);
    world.objects.dieAfter(calls, world.fault());
    world.life.retain(world.now);
    world.crash();
  }

  void failInRetention() {
    prepareRetention();
    int calls = world.random.nextInt(3 * SoakWorld.MOST_CALLS);
    world.note("fail call " + calls + " of retention at " + world.now);
    world.objects.failAfter(calls, world.fault());
    world.life.retain(world.now);
    world.objects.heal();
  }
}
