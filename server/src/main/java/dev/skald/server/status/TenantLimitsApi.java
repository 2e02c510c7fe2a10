package dev.skald.server.status;

import dev.skald.config.load.ConfigPrinter;
import dev.skald.config.load.Settings;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import dev.skald.server.query.JsonOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code /loki/api/v1/drilldown-limits} and {@code /config/tenant/v1/limits}: the limits of a
 * tenant that its users may know (http-api.md §11).
 */
public final class TenantLimitsApi {
  private static final List<String> SHOWN =
      List.of(
          "discover_log_levels",
          "discover_service_name",
          "log_level_fields",
          "max_entries_limit_per_query",
          "max_line_size_truncate",
          "max_query_bytes_read",
          "max_query_length",
          "max_query_lookback",
          "max_query_range",
          "max_query_series",
          "metric_aggregation_enabled",
          "otlp_config",
          "pattern_persistence_enabled",
          "query_timeout",
          "retention_period",
          "retention_stream",
          "volume_enabled",
          "volume_max_series");

  private final Function<String, Settings> limits;
  private final Tenants tenants;
  private final boolean patterns;

  /**
   * @param limits of a tenant
   * @param patterns whether templates of lines are mined
   */
  public TenantLimitsApi(Function<String, Settings> limits, Tenants tenants, boolean patterns) {
    this.limits = limits;
    this.tenants = tenants;
    this.patterns = patterns;
  }

  public void register(Router router) {
    router.add("GET", "/loki/api/v1/drilldown-limits", this::json);
    router.add("GET", "/config/tenant/v1/limits", this::yaml);
  }

  private Map<String, Object> shown(Request request) {
    Map<String, Object> all = ConfigPrinter.plain(limits.apply(tenants.single(request)));
    Map<String, Object> shown = new LinkedHashMap<>();
    for (String key : SHOWN) {
      boolean omitted = key.equals("retention_stream") && List.of().equals(all.get(key));
      if (all.containsKey(key) && !omitted) {
        shown.put(key, all.get(key));
      }
    }
    return shown;
  }

  private Response yaml(Request request) {
    return Response.text(200, ConfigPrinter.dump(shown(request)));
  }

  private Response json(Request request) {
    Map<String, Object> shown = shown(request);
    // Where Loki gives a structure no names of its own, those of its source are seen.
    shown.computeIfPresent("otlp_config", (key, value) -> goNames(value));
    JsonOutput out = new JsonOutput().raw("{\"limits\":");
    write(out, shown);
    out.raw(",\"pattern_ingester_enabled\":").raw(Boolean.toString(patterns));
    out.raw(",\"version\":\"").raw(StatusApi.LOKI).raw("\"}\n");
    return Response.bytes(200, "application/json", out.bytes(), out.length());
  }

  private static Object goNames(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> renamed = new LinkedHashMap<>();
      map.forEach((name, inner) -> renamed.put(goName((String) name), goNames(inner)));
      return renamed;
    }
    return value instanceof List<?> list
        ? list.stream().map(TenantLimitsApi::goNames).toList()
        : value;
  }

  /** {@code ignore_defaults} becomes {@code IgnoreDefaults}. */
  private static String goName(String key) {
    StringBuilder name = new StringBuilder();
    for (String word : key.split("_")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return name.toString();
  }

  private static void write(JsonOutput out, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          write(out.raw(separator).string((String) entry.getKey()).raw(':'), entry.getValue());
          separator = ",";
        }
        out.raw(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        String separator = "[";
        for (Object item : list) {
          write(out.raw(separator), item);
          separator = ",";
        }
        out.raw(list.isEmpty() ? "[]" : "]");
      }
      case String text -> out.string(text);
      case null -> out.raw("null");
      default -> out.raw(value.toString());
    }
  }
}
