package dev.skald.server;

import dev.skald.server.status.Service.State;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the process and its parts are: what {@code /ready}, {@code /services} and the pages of the
 * rings tell. Safe for use by any thread.
 */
final class Health {
  private volatile String notReady = "Starting";
  private volatile State writes = State.STARTING;
  private volatile boolean storeFails;
  private volatile boolean stopping;
  private volatile Supplier<Optional<String>> fenced = Optional::empty;

  /**
   * Says who knows whether another process has taken the store.
   *
   * @param why is empty while none has
   */
  void watch(Supplier<Optional<String>> why) {
    fenced = why;
  }

  /** Pushes are not taken yet. */
  void waits(String why) {
    notReady = why;
  }

  /** All that is to work works. */
  void works() {
    notReady = "";
    writes = State.RUNNING;
  }

  /** Pushes will not be taken before the next start. */
  void fails(String why) {
    notReady = why;
    writes = State.FAILED;
  }

  /** Pushes are taken no more, as somebody has asked for. */
  void retires(String why) {
    notReady = why;
    writes = State.STOPPING;
  }

  /** The process stops. */
  void stops() {
    notReady = "Application is stopping";
    stopping = true;
  }

  /** Tells how the last look into the store went. */
  void looked(boolean well) {
    storeFails = !well;
  }

  /** Returns why requests are not to come here, or empty. */
  String notReady() {
    return fenced.get().orElse(notReady);
  }

  /** Returns how what answers queries is; it does so from the first moment on. */
  State process() {
    return stopping ? State.STOPPING : State.RUNNING;
  }

  /** Returns how what takes pushes is. */
  State writing() {
    if (stopping) {
      return State.STOPPING;
    }
    return fenced.get().isEmpty() ? writes : State.FAILED;
  }

  /** Returns how the store is: failed where it cannot be read, or is another process's. */
  State store() {
    if (stopping) {
      return State.STOPPING;
    }
    return storeFails || fenced.get().isPresent() ? State.FAILED : State.RUNNING;
  }

  /** Returns how what works on the store in the background is: it waits for what takes pushes. */
  State upkeep() {
    State store = store();
    return store == State.RUNNING ? writing() : store;
  }
}
