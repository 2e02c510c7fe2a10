package dev.skald.config.load;

import dev.skald.config.S3Config;
import dev.skald.config.S3Config.Credentials;
import dev.skald.config.S3Config.Encryption;
import dev.skald.config.S3Config.Http;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An S3 block as a record: single keys win over the parts of the URL (config-and-clients.md §1.8).
 */
final class S3Reader {
  private static final Pattern CLOUD =
      Pattern.compile("\\.(amazonaws\\.com(\\.cn)?|googleapis\\.com|aliyuncs\\.com)(:\\d+)?$");

  private S3Reader() {}

  /** Reads a block with Loki's own keys. */
  static S3Config read(Settings block) {
    S3Url url = S3Url.of(block.text("s3"));
    String endpoint = block.text("endpoint");
    String keyId = either(block.text("access_key_id"), url.keyId());
    List<String> buckets = block.csv("bucketnames");
    return new S3Config(
        endpoint.isEmpty() ? url.endpoint() : withScheme(endpoint, block.flag("insecure")),
        either(block.text("region"), url.region()),
        buckets.isEmpty() ? url.buckets() : buckets,
        new Credentials(
            keyId,
            either(block.text("secret_access_key"), url.secret()),
            block.text("session_token")),
        block.flag("s3forcepathstyle"),
        "",
        block.text("storage_class"),
        encryption(block.block("sse")),
        http(block));
  }

  /** Reads a block of {@code object_store.s3}. */
  static S3Config readThanos(Settings block) {
    String endpoint = withScheme(block.text("endpoint"), block.flag("insecure"));
    Http usual = Http.defaults();
    Settings http = block.block("http");
    return new S3Config(
        endpoint,
        block.text("region"),
        block.csv("bucket_name"),
        new Credentials(
            block.text("access_key_id"),
            block.text("secret_access_key"),
            block.text("session_token")),
        pathStyle(block.text("bucket_lookup_type"), endpoint),
        "",
        either(block.text("storage_class"), "STANDARD"),
        encryption(block.block("sse")),
        new Http(
            usual.timeout(),
            http.duration("idle_conn_timeout"),
            http.duration("response_header_timeout"),
            http.flag("insecure_skip_verify"),
            http.text("tls_ca_path"),
            block.integer("max_retries"),
            usual.minBackoff(),
            usual.maxBackoff()));
  }

  /** Slashes around a prefix do not count. */
  static String prefix(String text) {
    return text.replaceAll("^/+|/+$", "");
  }

  private static Http http(Settings block) {
    Settings http = block.block("http_config");
    Settings backoff = block.block("backoff_config");
    return new Http(
        http.duration("timeout"),
        http.duration("idle_conn_timeout"),
        http.duration("response_header_timeout"),
        http.flag("insecure_skip_verify"),
        http.text("ca_file"),
        backoff.integer("max_retries"),
        backoff.duration("min_period"),
        backoff.duration("max_period"));
  }

  private static Encryption encryption(Settings sse) {
    return new Encryption(
        sse.text("type"), sse.text("kms_key_id"), sse.text("kms_encryption_context"));
  }

  private static String withScheme(String endpoint, boolean insecure) {
    if (endpoint.isEmpty()) {
      return "";
    }
    String host = endpoint.replaceAll("/+$", "");
    return host.contains("://") ? host : (insecure ? "http://" : "https://") + host;
  }

  /** {@code auto} means the path, save in the big clouds, which want the bucket in the host. */
  private static boolean pathStyle(String lookup, String endpoint) {
    boolean cloud = endpoint.isEmpty() || CLOUD.matcher(endpoint).find();
    return lookup.equals("path") || lookup.equals("auto") && !cloud;
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }
}
