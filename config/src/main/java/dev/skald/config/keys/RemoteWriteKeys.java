package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

import java.util.List;

/** {@code ruler.remote_write}: Prometheus' own block (config-and-clients.md §2.9). */
final class RemoteWriteKeys {
  static final Section CLIENT =
      Section.of(
              "config.RemoteWriteConfig",
              used("url", URL, ""),
              usedMap("headers"),
              used("remote_timeout", DURATION, "30s").positive(),
              block("basic_auth", basicAuth()),
              block("authorization", authorization()),
              used("bearer_token", SECRET, ""),
              used("bearer_token_file", TEXT, ""),
              block("queue_config", queue()),
              unused("name", TEXT, ""),
              usedAny("write_relabel_configs", List.of()),
              block("tls_config", tls()),
              any("oauth2"),
              any("sigv4"),
              any("metadata_config"))
          .open();

  static final Section REMOTE_WRITE =
      Section.of(
          "ruler.RemoteWriteConfig",
          used("enabled", BOOL, "false"),
          block("client", CLIENT),
          named("clients", CLIENT),
          unused("config_refresh_period", GO_DURATION, "10s"),
          used("add_org_id_header", BOOL, "true"));

  private RemoteWriteKeys() {}

  private static Section basicAuth() {
    return Section.of(
        "config.BasicAuth",
        used("username", TEXT, ""),
        unused("username_file", TEXT, ""),
        used("password", SECRET, ""),
        used("password_file", TEXT, ""));
  }

  private static Section authorization() {
    return Section.of(
        "config.Authorization",
        used("type", TEXT, "Bearer"),
        used("credentials", SECRET, ""),
        used("credentials_file", TEXT, ""));
  }

  private static Section tls() {
    return Section.of(
            "config.TLSConfig",
            used("ca_file", TEXT, ""),
            used("cert_file", TEXT, ""),
            used("key_file", TEXT, ""),
            used("server_name", TEXT, ""),
            used("insecure_skip_verify", BOOL, "false"))
        .open();
  }

  private static Section queue() {
    return Section.of(
            "config.QueueConfig",
            used("capacity", INT, "10000").within(1, Integer.MAX_VALUE),
            used("max_shards", INT, "50").within(1, Integer.MAX_VALUE),
            unused("min_shards", INT, "1"),
            used("max_samples_per_send", INT, "2000").within(1, Integer.MAX_VALUE),
            used("batch_send_deadline", DURATION, "5s").positive(),
            used("min_backoff", DURATION, "30ms").positive(),
            used("max_backoff", DURATION, "5s").positive(),
            used("retry_on_http_429", BOOL, "true"),
            unused("sample_age_limit", DURATION, "0s"))
        .open();
  }
}
