package dev.skald.ruler.rules;

import java.io.IOException;
import java.time.Instant;

/**
 * Rules that can be changed; a change is in force once the call has returned. Safe for use by any
 * thread. Every call may throw an {@link IOException} if the store cannot be reached.
 */
public interface RuleEditor {
  /** Stores a group, in place of the older one of that key. */
  void put(RuleGroup group, Instant now) throws IOException;

  /** Removes a group; returns whether there was one. */
  boolean delete(RuleGroup.Key group, Instant now) throws IOException;

  /** Removes all groups of a namespace; returns whether there were any. */
  boolean deleteNamespace(String tenant, String namespace, Instant now) throws IOException;
}
