package dev.skald.soak;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One random schedule on one directory, the same one for the same seed. After each step every
 * tenant sees what was acknowledged exactly once, and nothing that was never pushed.
 */
final class SoakRound implements AutoCloseable {
  private final SoakWorld world;
  private final StorageSteps storage;
  private final RetentionSteps retention;
  private final OtherProcesses others;

  SoakRound(Path directory, long seed) throws IOException, InterruptedException {
    this.world = new SoakWorld(directory, seed);
    this.storage = new StorageSteps(world);
    this.retention = new RetentionSteps(world);
    this.others = new OtherProcesses(world);
  }

  /** Does steps and checks after each. */
  void run(int steps) throws IOException, InterruptedException {
    for (int i = 0; i < steps; i++) {
      step();
      world.check();
    }
  }

  /** Returns how many entries are in the ledgers. */
  int entries() {
    return world.entries();
  }

  /** Returns how many of them have expired or were deleted, and are gone. */
  int gone() {
    return world.gone();
  }

  private void step() throws IOException, InterruptedException {
    world.now = world.now.plusSeconds(world.random.nextInt(60));
    if (world.random.nextInt(100) < 84) {
      stepOfStorage();
    } else {
      stepOfRetention();
    }
  }

  private void stepOfRetention() throws IOException, InterruptedException {
    int dice = world.random.nextInt(16);
    if (dice < 4) {
      retention.askToDelete();
    } else if (dice < 5) {
      retention.withdraw();
    } else if (dice < 10) {
      retention.retain();
    } else if (dice < 13) {
      retention.dieInRetention();
    } else if (dice < 14) {
      retention.failInRetention();
    } else {
      others.anotherTakesOver();
    }
  }

  private void stepOfStorage() throws IOException, InterruptedException {
    int dice = world.random.nextInt(100);
    if (dice < 49) {
      world.push();
    } else if (dice < 53) {
      world.note("merge");
      world.life.merge(world.now);
    } else if (dice < 55) {
      storage.dieInAMerge();
    } else if (dice < 63) {
      world.note("flush");
      world.life.flush();
    } else if (dice < 68) {
      storage.tick();
    } else if (dice < 71) {
      world.note("sweep");
      world.life.storage().sweep(world.now);
    } else if (dice < 75) {
      world.note("stop");
      world.life.stop();
      world.start();
    } else if (dice < 79) {
      world.note("kill");
      world.crash();
    } else if (dice < 83) {
      storage.dieInAPush();
    } else if (dice < 88) {
      storage.dieInASeal();
    } else if (dice < 92) {
      storage.failOneCall();
    } else if (dice < 94) {
      storage.outage();
    } else if (dice < 96) {
      storage.failTheLog();
    } else if (dice < 98) {
      storage.failTheReads();
    } else if (dice < 99) {
      others.readElsewhere();
    } else {
      storage.loseTheVolume();
    }
  }

  @Override
  public void close() {
    world.close();
  }
}
