package dev.skald.ruler.rules;

import java.time.Instant;

/** Hears how rules are read. Called by any thread. */
public interface RulesListener {
  /**
   * The rules of a tenant were read.
   *
   * @param sound whether all of them can be used; if not, some of them are those of before
   */
  void read(String tenant, boolean sound, Instant now);

  /** Other rules of a tenant are in force. */
  void changed(String tenant);

  /** The place that holds all rules could not be listed. */
  void failed();
}
