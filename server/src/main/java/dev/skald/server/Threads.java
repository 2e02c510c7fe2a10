package dev.skald.server;

import java.util.concurrent.ThreadFactory;

/** Makes threads that do not keep the process alive. */
final class Threads {
  private Threads() {}

  /**
   * @param name before the number of each thread
   */
  static ThreadFactory daemons(String name) {
    return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
  }
}
