package dev.skald.config.load;

import dev.skald.config.SkaldConfig.Target;
import java.util.List;
import java.util.Set;

/**
 * The names that {@code target} takes in Loki (config-and-clients.md §1.3). Skald knows two kinds
 * of process: one that does everything, and one that only reads.
 */
final class Targets {
  private static final Set<String> KNOWN =
      Set.of(
          "all",
          "read",
          "write",
          "backend",
          "distributor",
          "ingester",
          "ingester-querier",
          "querier",
          "query-frontend",
          "query-frontend-tripperware",
          "query-scheduler",
          "ruler",
          "rule-evaluator",
          "compactor",
          "index-gateway",
          "table-manager",
          "pattern-ingester",
          "overrides-exporter",
          "bloom-planner",
          "bloom-builder",
          "bloom-gateway",
          "store",
          "server",
          "memberlist-kv",
          "runtime-config",
          "ring",
          "ui",
          "analytics");

  /** A process of nothing but these must not write: another does. */
  private static final Set<String> READING =
      Set.of("read", "querier", "query-frontend", "query-scheduler");

  private Targets() {}

  static Target read(Settings root, Findings findings) {
    List<String> targets = root.csv("target");
    for (String target : targets) {
      if (!KNOWN.contains(target)) {
        findings.problem(root.line("target"), "unrecognised module name: " + target);
      }
    }
    if (!targets.isEmpty() && READING.containsAll(targets)) {
      return Target.READ;
    }
    if (!targets.equals(List.of("all"))) {
      findings.warning(
          root.line("target"), "target", "is " + targets + "; Skald is one process and runs all");
    }
    return Target.ALL;
  }
}
