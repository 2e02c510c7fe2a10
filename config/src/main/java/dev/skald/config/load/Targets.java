package dev.skald.config.load;

import java.util.List;
import java.util.Set;

/** The names that {@code target} takes in Loki. Skald always runs all of it. */
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

  private Targets() {}

  static void check(Settings root, Findings findings) {
    List<String> targets = root.csv("target");
    for (String target : targets) {
      if (!KNOWN.contains(target)) {
        findings.problem(root.line("target"), "unrecognised module name: " + target);
      }
    }
    if (!targets.equals(List.of("all"))) {
      findings.warning(
          root.line("target"), "target", "is " + targets + "; Skald is one process and runs all");
    }
  }
}
