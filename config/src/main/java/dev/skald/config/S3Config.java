package dev.skald.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/**
 * A bucket, after the URL form and the single keys have been brought together.
 *
 * @param endpoint with scheme, as {@code http://minio:9000}; empty for AWS
 * @param buckets where there are several, the hash of a key chooses
 * @param credentials empty for the default chain (environment, profile, instance role)
 * @param pathStyle {@code endpoint/bucket/key} instead of {@code bucket.endpoint/key}
 * @param prefix what every key begins with, before a {@code /}; empty for nothing
 * @param storageClass as {@code STANDARD}
 */
public record S3Config(
    String endpoint,
    String region,
    List<String> buckets,
    Credentials credentials,
    boolean pathStyle,
    String prefix,
    String storageClass,
    Encryption encryption,
    Http http) {
  public S3Config {
    checkEndpoint(endpoint);
    Check.present(region, "region");
    buckets = List.copyOf(buckets);
    Check.present(credentials, "credentials");
    checkPrefix(prefix);
    Check.present(storageClass, "storage_class");
    Check.present(encryption, "sse");
    Check.present(http, "http_config");
  }

  public static S3Config none() {
    return new S3Config(
        "",
        "",
        List.of(),
        Credentials.NONE,
        false,
        "",
        "STANDARD",
        Encryption.NONE,
        Http.defaults());
  }

  private static void checkEndpoint(String endpoint) {
    Check.present(endpoint, "endpoint");
    if (!endpoint.isEmpty() && !isHttpUrl(endpoint)) {
      throw new IllegalArgumentException(
          "endpoint \"%s\" is no http or https URL with a host".formatted(endpoint));
    }
  }

  private static boolean isHttpUrl(String endpoint) {
    try {
      URI uri = new URI(endpoint);
      String scheme = uri.getScheme();
      return uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
    } catch (URISyntaxException noUrl) {
      return false;
    }
  }

  private static void checkPrefix(String prefix) {
    Check.present(prefix, "object_prefix");
    for (String part : prefix.isEmpty() ? new String[0] : prefix.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException(
            "object_prefix \"%s\" has the part \"%s\", wanted names joined by slashes"
                .formatted(prefix, part));
      }
    }
  }

  public S3Config withPrefix(String newPrefix) {
    return new S3Config(
        endpoint,
        region,
        buckets,
        credentials,
        pathStyle,
        newPrefix,
        storageClass,
        encryption,
        http);
  }

  /** Returns the same store with one bucket, whose objects have their whole names. */
  public S3Config inBucket(String bucket) {
    return new S3Config(
        endpoint,
        region,
        List.of(bucket),
        credentials,
        pathStyle,
        "",
        storageClass,
        encryption,
        http);
  }

  /** A pair of keys, both or neither. */
  public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken) {
    public static final Credentials NONE = new Credentials("", "", "");

    public Credentials {
      if (accessKeyId.isEmpty() != secretAccessKey.isEmpty()) {
        throw new IllegalArgumentException(
            "must supply both an Access Key ID and Secret Access Key or neither");
      }
    }

    public boolean present() {
      return !accessKeyId.isEmpty();
    }

    @Override
    public String toString() {
      return present() ? "Credentials[" + accessKeyId + ", ********]" : "Credentials[]";
    }
  }

  /** Encryption by the store: type is empty, {@code SSE-S3} or {@code SSE-KMS}. */
  public record Encryption(String type, String kmsKeyId, String kmsContext) {
    public static final Encryption NONE = new Encryption("", "", "");
  }

  /**
   * How the store is called.
   *
   * @param timeout of a whole request, zero for none
   * @param responseTimeout how long the store may send nothing, zero for the usual minute
   * @param maxRetries after the first try
   * @param caFile PEM file with certificates to trust, empty for the JVM's
   */
  public record Http(
      Duration timeout,
      Duration idleTimeout,
      Duration responseTimeout,
      boolean insecureSkipVerify,
      String caFile,
      int maxRetries,
      Duration minBackoff,
      Duration maxBackoff) {
    public Http {
      Check.notNegative(timeout, "http_config.timeout");
      Check.notNegative(idleTimeout, "http_config.idle_conn_timeout");
      Check.notNegative(responseTimeout, "http_config.response_header_timeout");
      Check.present(caFile, "http_config.ca_file");
      Check.notNegative(maxRetries, "backoff_config.max_retries");
      Check.notNegative(minBackoff, "backoff_config.min_period");
      Check.notNegative(maxBackoff, "backoff_config.max_period");
    }

    public static Http defaults() {
      return new Http(
          Duration.ZERO,
          Duration.ofSeconds(90),
          Duration.ZERO,
          false,
          "",
          5,
          Duration.ofMillis(100),
          Duration.ofSeconds(3));
    }
  }
}
