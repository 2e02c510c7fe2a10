package dev.skald.config.load;

import dev.skald.config.AdmissionLimits;
import dev.skald.config.IngestLimits;
import dev.skald.config.Limits;
import dev.skald.config.OtlpLimits;
import dev.skald.config.OtlpLimits.Action;
import dev.skald.config.OtlpLimits.AttributeRule;
import dev.skald.config.PatternLimits;
import dev.skald.config.QueryCostLimits;
import dev.skald.config.QueryCostLimits.BlockedQuery;
import dev.skald.config.QueryLimits;
import dev.skald.config.RetentionLimits;
import dev.skald.config.RetentionLimits.Deletion;
import dev.skald.config.RetentionLimits.StreamRetention;
import dev.skald.config.RuleLimits;
import dev.skald.logql.Matcher;
import dev.skald.logql.regex.Regex;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code limits_config}, or a tenant's part of the runtime file, as a record.
 *
 * <p>A rate of 0 is no limit. A burst of 0 beside a rate is as large as the rate.
 */
final class LimitsReader {
  private final Settings limits;
  private final Settings remoteWrite;

  /**
   * @param remoteWrite {@code ruler.remote_write}, which tenants change
   */
  LimitsReader(Settings limits, Settings remoteWrite) {
    this.limits = limits;
    this.remoteWrite = remoteWrite;
  }

  Limits read() {
    return new Limits(
        ingest(), admission(), otlp(), query(), cost(), retention(), rules(), patterns());
  }

  private IngestLimits ingest() {
    double rate = limits.fraction("ingestion_rate_mb") * (1 << 20);
    double burst = limits.fraction("ingestion_burst_size_mb") * (1 << 20);
    long streamRate = limits.number("per_stream_rate_limit");
    long streamBurst = limits.number("per_stream_rate_limit_burst");
    return new IngestLimits(
        rate,
        burst == 0 ? rate : burst,
        limits.integer("max_label_name_length"),
        limits.integer("max_label_value_length"),
        limits.integer("max_label_names_per_series"),
        limits.flag("reject_old_samples"),
        limits.duration("reject_old_samples_max_age"),
        limits.duration("creation_grace_period"),
        limits.integer("max_line_size"),
        limits.flag("max_line_size_truncate"),
        limits.text("max_line_size_truncate_identifier"),
        limits.flag("increment_duplicate_timestamp"),
        limits.texts("discover_service_name"),
        limits.flag("discover_log_levels"),
        limits.texts("log_level_fields"),
        limits.integer("log_level_from_json_max_depth"),
        limits.integer("max_global_streams_per_user"),
        limits.flag("unordered_writes"),
        streamRate,
        streamBurst == 0 ? streamRate : streamBurst,
        limits.flag("allow_structured_metadata"),
        limits.integer("max_structured_metadata_size"),
        limits.integer("max_structured_metadata_entries_count"));
  }

  private AdmissionLimits admission() {
    return new AdmissionLimits(
        limits.time("block_ingestion_until"),
        limits.integer("block_ingestion_status_code"),
        limits.texts("enforced_labels"));
  }

  private OtlpLimits otlp() {
    Settings otlp = limits.block("otlp_config");
    Settings resource = otlp.block("resource_attributes");
    return new OtlpLimits(
        resource.flag("ignore_defaults"),
        rules(resource.blocks("attributes_config")),
        rules(otlp.blocks("scope_attributes")),
        rules(otlp.blocks("log_attributes")),
        otlp.flag("severity_text_as_label"));
  }

  private static List<AttributeRule> rules(List<Settings> blocks) {
    return blocks.stream().map(LimitsReader::rule).toList();
  }

  private static AttributeRule rule(Settings block) {
    String action = block.text("action").toUpperCase(Locale.ROOT);
    if (action.isEmpty()) {
      throw new IllegalArgumentException(block.path("action") + " must be set");
    }
    String regex = block.text("regex");
    return new AttributeRule(
        Action.valueOf(action),
        block.texts("attributes"),
        regex.isEmpty() ? null : new Matcher("attribute", Matcher.Type.REGEX, regex));
  }

  private QueryLimits query() {
    return new QueryLimits(
        limits.integer("max_entries_limit_per_query"),
        limits.integer("max_query_series"),
        limits.duration("max_query_length"),
        limits.duration("max_query_lookback"),
        limits.duration("max_query_range"),
        limits.integer("max_streams_matchers_per_query"),
        limits.duration("query_timeout"),
        limits.flag("volume_enabled"),
        limits.integer("volume_max_series"),
        Set.copyOf(limits.texts("shard_aggregations")),
        limits.flag("enable_multi_variant_queries"),
        limits.number("max_query_memory"));
  }

  private QueryCostLimits cost() {
    return new QueryCostLimits(
        limits.number("max_query_bytes_read"),
        limits.number("max_querier_bytes_read"),
        limits.integer("max_queriers_per_tenant"),
        Math.clamp(limits.fraction("max_query_capacity"), 0, 1),
        limits.integer("max_query_parallelism"),
        limits.duration("split_queries_by_interval"),
        limits.duration("max_cache_freshness_per_query"),
        limits.integer("max_concurrent_tail_requests"),
        limits.integer("cardinality_limit"),
        limits.texts("required_labels"),
        limits.integer("minimum_labels_number"),
        limits.blocks("blocked_queries").stream().map(LimitsReader::blocked).toList());
  }

  private static BlockedQuery blocked(Settings block) {
    if (block.flag("regex")) {
      Regex.compile(block.text("pattern"));
    }
    return new BlockedQuery(
        block.text("pattern"),
        block.flag("regex"),
        block.number("hash"),
        Set.copyOf(block.csv("types")),
        block.textMap("query_tags"));
  }

  private RetentionLimits retention() {
    return new RetentionLimits(
        limits.duration("retention_period"),
        limits.blocks("retention_stream").stream()
            .map(
                stream ->
                    StreamRetention.of(
                        stream.text("selector"),
                        stream.integer("priority"),
                        stream.duration("period")))
            .toList(),
        Deletion.valueOf(limits.text("deletion_mode").toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  private RuleLimits rules() {
    return new RuleLimits(
        limits.integer("ruler_max_rules_per_rule_group"),
        limits.integer("ruler_max_rule_groups_per_tenant"),
        limits.flag("ruler_remote_write_disabled"),
        new RemoteWriteReader(remoteWrite).over(limits.namedBlocks("ruler_remote_write_config")));
  }

  private PatternLimits patterns() {
    String key = "pattern_ingester_tokenizable_json_fields_";
    Set<String> fields = new LinkedHashSet<>(limits.csv(key + "default"));
    fields.addAll(limits.csv(key + "append"));
    limits.csv(key + "delete").forEach(fields::remove);
    return new PatternLimits(List.copyOf(fields));
  }
}
