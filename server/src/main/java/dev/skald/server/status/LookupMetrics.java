package dev.skald.server.status;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** Counts questions about streams, which are no queries. Safe for use by any thread. */
final class LookupMetrics {
  /** What is asked for at a route (http-api.md §12). */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("loki_api_v1_labels", "labels"),
          Map.entry("loki_api_v1_label", "labels"),
          Map.entry("loki_api_v1_label_name_values", "labels"),
          Map.entry("api_prom_label", "labels"),
          Map.entry("api_prom_label_name_values", "labels"),
          Map.entry("loki_api_v1_series", "series"),
          Map.entry("api_prom_series", "series"),
          Map.entry("loki_api_v1_index_stats", "stats"),
          Map.entry("loki_api_v1_index_shards", "shards"),
          Map.entry("loki_api_v1_index_volume", "volume"),
          Map.entry("loki_api_v1_index_volume_range", "volume"));

  private final QueryLatency latency;

  LookupMetrics(MeterRegistry registry) {
    this.latency = new QueryLatency(registry);
  }

  void answered(String route, int status, long nanos) {
    String type = TYPES.get(route);
    if (type != null) {
      latency.record(new QueryLatency.Kind(type, "", status), nanos);
    }
  }
}
