package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** The S3 block of {@code storage_config.aws} and others (config-and-clients.md §1.8). */
final class S3Keys {
  static final Section S3 =
      Section.of(
          "aws.S3Config",
          used("s3", URL, ""),
          used("bucketnames", TEXT, ""),
          used("endpoint", TEXT, ""),
          used("region", TEXT, ""),
          used("access_key_id", TEXT, ""),
          used("secret_access_key", SECRET, ""),
          used("session_token", SECRET, ""),
          used("s3forcepathstyle", BOOL, "false"),
          used("insecure", BOOL, "false"),
          unused("chunk_delimiter", TEXT, ""),
          used("storage_class", TEXT, "STANDARD"),
          unused("signature_version", TEXT, "v4").oneOf("v4"),
          unused("disable_dualstack", BOOL, "false"),
          block("http_config", http()),
          block("backoff_config", backoff()),
          block("sse", sse()),
          removed("sse_encryption", BOOL, "use sse.type"));

  private S3Keys() {}

  private static Section http() {
    return Section.of(
        "aws.HTTPConfig",
        used("timeout", GO_DURATION, "0s").notNegative(),
        used("idle_conn_timeout", GO_DURATION, "1m30s").notNegative(),
        used("response_header_timeout", GO_DURATION, "0s").notNegative(),
        used("insecure_skip_verify", BOOL, "false"),
        used("ca_file", TEXT, ""));
  }

  private static Section backoff() {
    return Section.of(
        "backoff.Config",
        used("min_period", GO_DURATION, "100ms").notNegative(),
        used("max_period", GO_DURATION, "3s").notNegative(),
        used("max_retries", INT, "5").within(0, 1000));
  }

  private static Section sse() {
    return Section.of(
        "s3.SSEConfig",
        used("type", TEXT, "").oneOf("", "SSE-S3", "SSE-KMS"),
        used("kms_key_id", TEXT, ""),
        used("kms_encryption_context", TEXT, ""));
  }
}
