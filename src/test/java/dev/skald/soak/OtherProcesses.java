package dev.skald.soak;

import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.StorageSnapshot;
import dev.skald.storage.TestEntry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What other processes on the same store do and see. */
final class OtherProcesses {
  private final SoakWorld world;

  OtherProcesses(SoakWorld world) {
    this.world = world;
  }

  /**
   * Another process takes over the store while this one goes on: nothing is lost of either, and
   * this one's unsealed lines are there again once it is the writer again.
   */
  void anotherTakesOver() throws IOException, InterruptedException {
    world.note("another takes over");
    SoakLife first = world.life;
    SoakLife other = SoakLife.start(world.place("other"), world.objects);
    try {
      for (int i = world.random.nextInt(4); i > 0; i--) {
        world.push();
      }
      first.flush();
      world.push();
      world.check();
      checkOther(first, other);
      world.life = other;
      world.push();
      if (!other.flush()) {
        throw new AssertionError("the other cannot seal" + world.story());
      }
    } finally {
      world.life = first;
      other.kill();
    }
    world.note("the first again");
    world.crash();
  }

  /** What is sealed is seen by the other too, once; what is in heads here is not. */
  private void checkOther(SoakLife first, SoakLife other) {
    for (String tenant : SoakWorld.TENANTS) {
      List<TestEntry> sealed = SoakLife.seen(first.storage().snapshot(), tenant);
      List<TestEntry> there = other.visible(tenant);
      Set<TestEntry> once = new HashSet<>(there);
      if (once.size() != there.size() || !once.containsAll(world.mustSee(tenant, sealed))) {
        throw new AssertionError("the other sees " + there.size() + " entries" + world.story());
      }
    }
  }

  /**
   * A process that only reads sees once what is sealed; perhaps more of it than the writer, to whom
   * an answer was lost.
   */
  void readElsewhere() throws IOException {
    world.note("read elsewhere");
    StorageSnapshot before = world.life.storage().snapshot();
    StorageOptions options = StorageOptions.in(world.directory.resolve("reader"));
    try (Storage reader = Storage.openReader(options, world.objects)) {
      for (String tenant : SoakWorld.TENANTS) {
        List<TestEntry> sealed = SoakLife.seen(before, tenant);
        List<TestEntry> there = SoakLife.seen(reader.snapshot(), tenant);
        Set<TestEntry> once = new HashSet<>(there);
        if (once.size() != there.size()
            || !once.containsAll(world.mustSee(tenant, sealed))
            || !new HashSet<>(world.life.visible(tenant))
                .containsAll(world.mustSee(tenant, there))) {
          throw new AssertionError(
              "a reader sees %d entries, %d different ones, the writer has sealed %d"
                      .formatted(there.size(), once.size(), sealed.size())
                  + world.story());
        }
      }
    }
  }
}
