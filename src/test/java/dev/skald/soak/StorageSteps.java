package dev.skald.soak;

import dev.skald.storage.TestEntry;
import dev.skald.storage.testing.Call;
import dev.skald.storage.testing.Mishaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** What happens to what is written: pushes, seals and merges, well or with faults. */
final class StorageSteps {
  private final SoakWorld world;

  StorageSteps(SoakWorld world) {
    this.world = world;
  }

  void tick() {
    world.now = world.now.plus(Duration.ofMinutes(world.random.nextInt(20)));
    world.note("tick");
    world.life.ingester().tick(world.now);
  }

  void dieInAPush() throws IOException, InterruptedException {
    int bytes = world.random.nextInt(600);
    world.note("die after " + bytes + " bytes of log");
    world.life.logs().dieAfter(bytes);
    world.push();
    world.crash();
  }

  void dieInASeal() throws IOException, InterruptedException {
    int calls = world.random.nextInt(SoakWorld.MOST_CALLS);
    world.note("die after " + calls + " calls of a seal");
    world.push();
    world.objects.dieAfter(calls, world.fault());
    world.life.flush();
    world.crash();
  }

  void dieInAMerge() throws IOException, InterruptedException {
    int calls = world.random.nextInt(SoakWorld.MOST_CALLS);
    world.note("die after " + calls + " calls of a merge");
    world.objects.dieAfter(calls, world.fault());
    world.life.merge(world.now);
    world.crash();
  }

  void failOneCall() throws InterruptedException {
    int calls = world.random.nextInt(SoakWorld.MOST_CALLS);
    world.note("fail call " + calls + " of a seal");
    world.push();
    world.objects.failAfter(calls, world.fault());
    world.life.flush();
    world.objects.heal();
  }

  void outage() throws InterruptedException {
    world.note("outage");
    world.objects.always(Call.any(), Mishaps.unavailable());
    int pushes = world.random.nextInt(5);
    for (int i = 0; i < pushes; i++) {
      world.push();
    }
    world.life.flush();
    world.objects.heal();
    world.life.ingester().tick(world.now);
  }

  void failTheLog() throws InterruptedException {
    boolean full = world.random.nextBoolean();
    world.note(full ? "full disk of the log" : "failing sync of the log");
    world.life.logs().full(full);
    world.life.logs().syncFails(!full);
    world.push();
    world.life.logs().full(false);
    world.life.logs().syncFails(false);
  }

  /** A query over a store that is away fails, or has everything in memory: nothing between. */
  void failTheReads() {
    world.note("failing reads");
    world.objects.always(Call.gets(), Mishaps.unavailable());
    for (String tenant : SoakWorld.TENANTS) {
      try {
        world.check(tenant, world.life.visible(tenant));
      } catch (UncheckedIOException expected) {
        // Better than half an answer.
      }
    }
    world.objects.heal();
  }

  /** The next process has no log and is another writer; what was sealed is all that it has. */
  void loseTheVolume() throws IOException, InterruptedException {
    world.note("lose the volume");
    for (String tenant : SoakWorld.TENANTS) {
      List<TestEntry> sealed = SoakLife.stored(world.life.storage().snapshot(), tenant);
      world.ledgers.get(tenant).logLost(new HashSet<>(sealed));
    }
    world.loseVolume();
    world.crash();
  }
}
