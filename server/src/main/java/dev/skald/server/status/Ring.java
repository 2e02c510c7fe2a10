package dev.skald.server.status;

import java.util.function.Supplier;

/**
 * A ring, of which this process is the one member or which has none.
 *
 * @param path of its page
 * @param inhabited whether the process is in it
 * @param state of the process in it
 */
public record Ring(String path, boolean inhabited, Supplier<Service.State> state) {
  /** Returns the state as rings have it. */
  String memberState() {
    return switch (state.get()) {
      case STARTING -> "JOINING";
      case RUNNING -> "ACTIVE";
      case STOPPING -> "LEAVING";
      case FAILED -> "UNHEALTHY";
    };
  }
}
