package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/**
 * {@code storage_config.object_store} and {@code ruler_storage}, which count where {@code
 * use_thanos_objstore} is set (config-and-clients.md §1.8).
 */
final class ThanosKeys {
  static final Section OBJECT_STORE =
      Section.of(
          "bucket.ConfigWithNamedStores",
          block("s3", s3()),
          block("filesystem", Section.of("filesystem.Config", used("dir", TEXT, ""))),
          any("gcs"),
          any("azure"),
          any("swift"),
          any("alibaba"),
          any("bos"),
          any("cos"),
          used("storage_prefix", TEXT, ""),
          any("named_stores"));

  static final Section RULER_STORAGE =
      Section.of(
              "rulestore.Config",
              used("backend", TEXT, "filesystem")
                  .oneOf("filesystem", "local", "s3", "gcs", "azure", "swift", "bos", "alibaba"),
              block("local", Section.of("local.Config", used("directory", TEXT, ""))))
          .with(OBJECT_STORE);

  private ThanosKeys() {}

  private static Section s3() {
    return Section.of(
        "s3.Config",
        used("bucket_name", TEXT, ""),
        used("endpoint", TEXT, ""),
        used("region", TEXT, ""),
        used("access_key_id", TEXT, ""),
        used("secret_access_key", SECRET, ""),
        used("session_token", SECRET, ""),
        used("insecure", BOOL, "false"),
        used("bucket_lookup_type", TEXT, "auto"),
        unused("dualstack_enabled", BOOL, "true"),
        used("storage_class", TEXT, ""),
        unused("native_aws_auth_enabled", BOOL, "false"),
        unused("part_size", INT, "0"),
        unused("signature_version", TEXT, "v4"),
        unused("list_objects_version", TEXT, ""),
        unused("send_content_md5", BOOL, "false"),
        unused("sts_endpoint", TEXT, ""),
        block(
            "sse",
            Section.of(
                "s3.SSEConfig",
                used("type", TEXT, "").oneOf("", "SSE-S3", "SSE-KMS"),
                used("kms_key_id", TEXT, ""),
                used("kms_encryption_context", TEXT, ""))),
        block("http", http()),
        any("trace"),
        used("max_retries", INT, "10").within(0, 1000));
  }

  private static Section http() {
    return Section.of(
            "s3.HTTPConfig",
            used("idle_conn_timeout", GO_DURATION, "1m30s").notNegative(),
            used("response_header_timeout", GO_DURATION, "2m").notNegative(),
            used("insecure_skip_verify", BOOL, "false"),
            used("tls_ca_path", TEXT, ""))
        .open();
  }
}
