package dev.skald.config.load;

import dev.skald.config.S3Config;
import dev.skald.config.S3Config.Credentials;
import dev.skald.config.S3Config.Encryption;
import dev.skald.config.S3Config.Http;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * An S3 block as a record: single keys win over the parts of the URL (config-and-clients.md §1.8).
 */
final class S3Reader {
  private S3Reader() {}

  /** Reads a block with Loki's own keys. */
  static S3Config read(Settings block) {
    UrlParts url = UrlParts.of(block.text("s3"));
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
        block.text("storage_class"),
        encryption(block.block("sse")),
        http(block));
  }

  /** Reads a block of {@code object_store.s3}. */
  static S3Config readThanos(Settings block) {
    String endpoint = block.text("endpoint");
    Http usual = Http.defaults();
    Settings http = block.block("http");
    return new S3Config(
        endpoint.isEmpty() ? "" : withScheme(endpoint, block.flag("insecure")),
        block.text("region"),
        block.csv("bucket_name"),
        new Credentials(
            block.text("access_key_id"),
            block.text("secret_access_key"),
            block.text("session_token")),
        block.text("bucket_lookup_type").equals("path"),
        either(block.text("storage_class"), "STANDARD"),
        encryption(block.block("sse")),
        new Http(
            usual.timeout(),
            usual.idleTimeout(),
            http.flag("insecure_skip_verify"),
            http.text("tls_ca_path"),
            block.integer("max_retries"),
            usual.minBackoff(),
            usual.maxBackoff()));
  }

  private static Http http(Settings block) {
    Settings http = block.block("http_config");
    Settings backoff = block.block("backoff_config");
    return new Http(
        http.duration("timeout"),
        http.duration("idle_conn_timeout"),
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
    return endpoint.contains("://") ? endpoint : (insecure ? "http://" : "https://") + endpoint;
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }

  /**
   * {@code s3://key:secret@region/bucket}, or with a dotted host instead of the region, which is
   * then an endpoint; over plain HTTP unless the scheme says {@code https}.
   */
  private record UrlParts(
      String endpoint, String region, List<String> buckets, String keyId, String secret) {
    static UrlParts of(String text) {
      if (text.isEmpty()) {
        return new UrlParts("", "", List.of(), "", "");
      }
      URI uri = URI.create(text);
      String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      String host = authority.substring(authority.lastIndexOf('@') + 1);
      String user = authority.substring(0, Math.max(0, authority.lastIndexOf('@')));
      String[] keys = (user + ":").split(":", -1);
      boolean isEndpoint = host.contains(".") || !"s3".equals(uri.getScheme());
      String scheme = "s3".equals(uri.getScheme()) ? "http" : uri.getScheme();
      return new UrlParts(
          isEndpoint && !host.isEmpty() ? scheme + "://" + host : "",
          isEndpoint ? "" : host,
          buckets(uri.getPath()),
          decoded(keys[0]),
          decoded(keys[1]));
    }

    private static List<String> buckets(String path) {
      String name = path == null ? "" : path.replaceAll("^/+|/+$", "");
      return Arrays.stream(name.split(",")).filter(bucket -> !bucket.isEmpty()).toList();
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
