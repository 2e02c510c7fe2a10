package dev.skald.bench;

import java.util.List;

/** The queries of the benchmark. They fit the recorded and the generated day alike. */
final class Queries {
  /** The day that is queried, in unix seconds. */
  static final long START = 1_795_132_800L;

  static final long END = START + 24 * 3600;

  /**
   * @param logs whether it asks for the newest 100 lines, else for a series with a step of 5
   *     minutes
   */
  record Query(String name, String text, boolean logs) {}

  static final List<Query> ALL =
      List.of(
          new Query("tail100", "{service_name=\"nginx\"}", true),
          new Query(
              "needle", "{service_name=~\".+\"} |= \"fc4ee3342b5e619a19f863928458a008\"", true),
          new Query("needle-absent", "{service_name=~\".+\"} |= \"zzqqxxyy99\"", true),
          new Query("filter-rare", "{service_name=\"database\"} |= \"Deadlock\"", true),
          new Query("count-all", "sum(count_over_time({service_name=~\".+\"}[5m]))", false),
          new Query(
              "count-by-svc",
              "sum by (service_name) (count_over_time({service_name=~\".+\"}[1h]))",
              false),
          new Query(
              "count-filter",
              "sum(count_over_time({service_name=~\".+\"} |= \"error\" [5m]))",
              false),
          new Query(
              "count-regex",
              "sum(count_over_time({service_name=\"nginx\"} |~ \"\\\" 5[0-9]{2} \" [5m]))",
              false),
          new Query(
              "json-group",
              "sum by (query_type) (count_over_time({service_name=\"database\"} | json |"
                  + " __error__=\"\" [5m]))",
              false),
          new Query(
              "json-unwrap",
              "max by (table) (max_over_time({service_name=\"database\"} | json | duration_ms >"
                  + " 100 | unwrap duration_ms | __error__=\"\" [15m]))",
              false),
          new Query(
              "logfmt-avg",
              "avg by (component) (avg_over_time({service_name=\"loki\"} | logfmt | unwrap"
                  + " duration(duration) | __error__=\"\" [15m]))",
              false),
          new Query(
              "pattern-group",
              "sum by (method) (count_over_time({service_name=\"nginx\"} | pattern `<_> - <_>"
                  + " [<_>] \"<method> <_>\" <status> <_>` | status >= 400 [15m]))",
              false),
          new Query(
              "level-volume",
              "sum by (detected_level) (count_over_time({service_name=~\".+\"}[15m]))",
              false),
          new Query("topk", "topk(10, sum by (pod) (rate({service_name=~\".+\"}[1h])))", false));

  private Queries() {}
}
