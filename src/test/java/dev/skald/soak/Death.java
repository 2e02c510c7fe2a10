package dev.skald.soak;

/** Whether a process is dead; then nothing that it does has an effect any more. */
final class Death {
  private volatile boolean dead;

  boolean dead() {
    return dead;
  }

  void die() {
    dead = true;
  }
}
