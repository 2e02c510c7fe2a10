package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

import java.util.List;

/** {@code ruler} (config-and-clients.md §1.8). */
final class RulerKeys {
  private static final String[] STORES = {
    "", "local", "s3", "gcs", "azure", "swift", "bos", "cos", "alibaba", "alibabacloud"
  };

  static final Section RULER =
      Section.of(
              "ruler.Config",
              block("storage", storage()),
              used("rule_path", TEXT, "/rules"),
              used("alertmanager_url", URL, ""),
              block("alertmanager_client", alertmanagerClient()),
              used("enable_alertmanager_discovery", BOOL, "false"),
              used("alertmanager_refresh_interval", GO_DURATION, "1m").positive(),
              used("notification_queue_capacity", INT, "10000").within(1, Integer.MAX_VALUE),
              used("notification_timeout", GO_DURATION, "10s").positive(),
              usedAny("alert_relabel_configs", List.of()),
              used("enable_api", BOOL, "true"),
              used("evaluation_interval", GO_DURATION, "1m").positive(),
              used("poll_interval", GO_DURATION, "1m").positive(),
              used("external_url", URL, ""),
              used("datasource_uid", TEXT, ""),
              usedMap("external_labels"),
              used("for_outage_tolerance", GO_DURATION, "1h").notNegative(),
              used("for_grace_period", GO_DURATION, "10m").notNegative(),
              used("resend_delay", GO_DURATION, "1m").notNegative(),
              used("enabled_tenants", TEXT, ""),
              used("disabled_tenants", TEXT, ""),
              used("disable_rule_group_label", BOOL, "false"),
              block("wal", wal()),
              block("remote_write", RemoteWriteKeys.REMOTE_WRITE),
              block("evaluation", evaluation()))
          .with(unusedKeys());

  private RulerKeys() {}

  private static Section unusedKeys() {
    return Section.of(
        "ruler.Config",
        unused("enable_alertmanager_v2", BOOL, "true"),
        block("ring", SharedKeys.RING),
        unused("flush_period", GO_DURATION, "1m"),
        unused("enable_sharding", BOOL, "false"),
        unused("sharding_strategy", TEXT, "default").oneOf("default", "shuffle-sharding"),
        unused("sharding_algo", TEXT, "by-group").oneOf("by-group", "by-rule"),
        unused("search_pending_for", GO_DURATION, "5m"),
        unused("query_stats_enabled", BOOL, "false"),
        block("ruler_client", SharedKeys.GRPC_CLIENT),
        block(
            "wal_cleaner",
            Section.of(
                "cleaner.Config",
                unused("min_age", GO_DURATION, "12h"),
                unused("period", GO_DURATION, "0s"))));
  }

  private static Section storage() {
    return Section.of(
        "base.RuleStoreConfig",
        used("type", TEXT, "").oneOf(STORES),
        block("local", Section.of("local.Config", used("directory", TEXT, ""))),
        block("s3", S3Keys.S3),
        block("gcs", StorageKeys.GCS),
        block("azure", StorageKeys.AZURE),
        block("swift", StorageKeys.SWIFT),
        block("bos", StorageKeys.BOS),
        block("cos", StorageKeys.COS),
        block("alibabacloud", StorageKeys.ALIBABA),
        block("alibaba", StorageKeys.ALIBABA));
  }

  private static Section alertmanagerClient() {
    return Section.of(
            "notifier.Config",
            used("basic_auth_username", TEXT, ""),
            used("basic_auth_password", SECRET, ""),
            used("type", TEXT, "Bearer"),
            used("credentials", SECRET, ""),
            used("credentials_file", TEXT, ""))
        .with(alertmanagerTls());
  }

  /** As {@link SharedKeys#TLS_INLINE}; but most of it acts. */
  private static Section alertmanagerTls() {
    return Section.of(
        "tls.ClientConfig",
        unused("tls_enabled", BOOL, "false"),
        used("tls_cert_path", TEXT, ""),
        used("tls_key_path", TEXT, ""),
        used("tls_ca_path", TEXT, ""),
        used("tls_server_name", TEXT, ""),
        used("tls_insecure_skip_verify", BOOL, "false"),
        unused("tls_cipher_suites", TEXT, ""),
        unused("tls_min_version", TEXT, ""));
  }

  private static Section wal() {
    return Section.of(
        "instance.Config",
        used("dir", TEXT, "ruler-wal"),
        unused("truncate_frequency", GO_DURATION, "1h"),
        unused("min_age", GO_DURATION, "5m"),
        used("max_age", GO_DURATION, "4h").positive());
  }

  private static Section evaluation() {
    Section frontend =
        Section.of("ruler.QueryFrontendConfig", unused("address", TEXT, ""))
            .with(SharedKeys.TLS_INLINE)
            .open();
    return Section.of(
        "ruler.EvaluationConfig",
        unused("mode", TEXT, "local").oneOf("local", "remote"),
        used("max_jitter", GO_DURATION, "0s").notNegative(),
        block("query_frontend", frontend));
  }
}
