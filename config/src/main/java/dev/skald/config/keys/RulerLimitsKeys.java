package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** The {@code ruler_*} keys of {@code limits_config} (config-and-clients.md §1.7). */
final class RulerLimitsKeys {
  private static final long MOST = Integer.MAX_VALUE;

  static final Section RULER_LIMITS =
      Section.of(
          "validation.plain",
          used("ruler_max_rules_per_rule_group", INT, "0").within(0, MOST),
          used("ruler_max_rule_groups_per_tenant", INT, "0").within(0, MOST),
          used("ruler_remote_write_disabled", BOOL, "false"),
          unused("ruler_tenant_shard_size", INT, "0"),
          unused("ruler_enable_wal_replay", BOOL, "true"),
          unused("ruler_remote_evaluation_timeout", GO_DURATION, "0s"),
          unused("ruler_remote_evaluation_max_response_size", INT, "0"),
          unused("ruler_remote_write_url", URL, ""),
          unused("ruler_remote_write_timeout", GO_DURATION, "0s"),
          any("ruler_remote_write_headers"),
          any("ruler_remote_write_relabel_configs"),
          unused("ruler_remote_write_queue_capacity", INT, "0"),
          unused("ruler_remote_write_queue_min_shards", INT, "0"),
          unused("ruler_remote_write_queue_max_shards", INT, "0"),
          unused("ruler_remote_write_queue_max_samples_per_send", INT, "0"),
          unused("ruler_remote_write_queue_batch_send_deadline", GO_DURATION, "0s"),
          unused("ruler_remote_write_queue_min_backoff", GO_DURATION, "0s"),
          unused("ruler_remote_write_queue_max_backoff", GO_DURATION, "0s"),
          unused("ruler_remote_write_queue_retry_on_ratelimit", BOOL, "false"),
          block("ruler_remote_write_sigv4_config", sigv4()),
          named("ruler_remote_write_config", RemoteWriteKeys.CLIENT),
          any("ruler_alertmanager_config"),
          removed("ruler_evaluation_delay_duration", TEXT, "removed in Loki 3"));

  private RulerLimitsKeys() {}

  private static Section sigv4() {
    return Section.of(
        "sigv4.SigV4Config",
        unused("region", TEXT, ""),
        unused("access_key", TEXT, ""),
        unused("secret_key", SECRET, ""),
        unused("profile", TEXT, ""),
        unused("role_arn", TEXT, ""));
  }
}
