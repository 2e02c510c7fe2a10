package dev.skald.server.status;

import java.util.function.Supplier;

/**
 * A part of the process under the name that Loki has for it.
 *
 * @param state as it is now
 */
public record Service(String name, Supplier<State> state) {
  /** How a part is. */
  public enum State {
    STARTING("Starting"),
    RUNNING("Running"),
    STOPPING("Stopping"),
    FAILED("Failed");

    private final String text;

    State(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
