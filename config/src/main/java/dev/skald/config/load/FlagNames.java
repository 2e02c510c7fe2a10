package dev.skald.config.load;

import dev.skald.config.keys.Key;
import dev.skald.config.keys.RootKeys;
import dev.skald.config.keys.Section;
import dev.skald.config.keys.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which key of the file a flag stands for. Every key has a flag: its path with dots between the
 * sections and dashes for underscores. The flags of Loki that are called otherwise are named here.
 */
final class FlagNames {
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("auth.enabled", "auth_enabled"),
          Map.entry("log.level", "server.log_level"),
          Map.entry("log.format", "server.log_format"),
          Map.entry("server.path-prefix", "server.http_path_prefix"),
          Map.entry("config.ballast-bytes", "ballast_bytes"),
          Map.entry("runtime-config.file", "runtime_config.file"),
          Map.entry("runtime-config.reload-period", "runtime_config.period"),
          Map.entry("reporting.enabled", "analytics.reporting_enabled"),
          Map.entry("memberlist.join", "memberlist.join_members"),
          Map.entry("ruler.external.url", "ruler.external_url"),
          Map.entry("ingester.wal-enabled", "ingester.wal.enabled"),
          Map.entry("ingester.wal-dir", "ingester.wal.dir"),
          Map.entry("ingester.chunks-idle-period", "ingester.chunk_idle_period"),
          Map.entry("distributor.ingestion-rate-limit-mb", "limits_config.ingestion_rate_mb"),
          Map.entry("validation.create-grace-period", "limits_config.creation_grace_period"),
          Map.entry(
              "validation.reject-old-samples.max-age", "limits_config.reject_old_samples_max_age"),
          Map.entry("validation.max-length-label-name", "limits_config.max_label_name_length"),
          Map.entry("validation.max-length-label-value", "limits_config.max_label_value_length"),
          Map.entry("validation.max-entries-limit", "limits_config.max_entries_limit_per_query"),
          Map.entry("store.retention", "limits_config.retention_period"));

  /** First words of flags that stand for limits in Loki. */
  private static final List<String> LIMIT_PREFIXES =
      List.of(
          "limits.", "validation.", "querier.", "distributor.", "ingester.", "store.", "frontend.");

  private final Map<String, List<String>> paths = new TreeMap<>();

  FlagNames() {
    addAll(RootKeys.ROOT, List.of());
  }

  /** Returns the path of the key, from the root. */
  Optional<List<String>> path(String flag) {
    String alias = ALIASES.get(flag);
    if (alias != null) {
      return Optional.of(List.of(alias.split("\\.")));
    }
    return Optional.ofNullable(paths.get(flag)).or(() -> limit(flag));
  }

  /** Every flag with the key it stands for, in alphabetical order. */
  Map<String, List<String>> all() {
    Map<String, List<String>> all = new TreeMap<>(paths);
    ALIASES.forEach((flag, path) -> all.put(flag, List.of(path.split("\\."))));
    return Collections.unmodifiableMap(all);
  }

  private Optional<List<String>> limit(String flag) {
    return LIMIT_PREFIXES.stream()
        .filter(flag::startsWith)
        .map(prefix -> flag.substring(prefix.length()).replace('-', '_'))
        .filter(name -> RootKeys.LIMITS.key(name).isPresent())
        .map(name -> List.of("limits_config", name))
        .findFirst();
  }

  private void addAll(Section section, List<String> path) {
    for (Key key : section.keys()) {
      List<String> keyPath = new ArrayList<>(path);
      keyPath.add(key.name());
      switch (key.shape()) {
        case Shape.Block(Section inner) -> addAll(inner, keyPath);
        case Shape.Single single -> paths.put(flag(keyPath), List.copyOf(keyPath));
        case Shape.Texts texts -> paths.put(flag(keyPath), List.copyOf(keyPath));
        case Shape.TextMap map -> {}
        case Shape.Any any -> {}
        case Shape.Blocks blocks -> {}
        case Shape.NamedBlocks blocks -> {}
      }
    }
  }

  private static String flag(List<String> path) {
    return String.join(".", path).replace('_', '-');
  }
}
