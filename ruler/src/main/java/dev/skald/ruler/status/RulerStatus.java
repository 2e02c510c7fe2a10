package dev.skald.ruler.status;

import java.util.List;

/** Knows how all rules stand. Safe for use by any thread. */
@FunctionalInterface
public interface RulerStatus {
  /** Returns how the groups of a tenant stand at this moment, in any order. */
  List<GroupStatus> groups(String tenant);
}
