package dev.skald.config.load;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a URL says about a bucket: {@code s3://key:secret@region/bucket}, or with a host instead of
 * the region, which is then an endpoint, over plain HTTP unless the scheme says {@code https}. A
 * host has a dot, or a port, or a scheme of its own. Of {@code s3://name} alone the name is a
 * region if it looks like one, else a bucket.
 *
 * @param endpoint with scheme; like the others empty where the URL does not say
 */
record S3Url(String endpoint, String region, List<String> buckets, String keyId, String secret) {
  private static final S3Url NONE = new S3Url("", "", List.of(), "", "");
  private static final Pattern REGION = Pattern.compile("[a-z]+(-[a-z]+)+-\\d+");

  /**
   * @throws IllegalArgumentException if the text is no URL
   */
  static S3Url of(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    URI uri = URI.create(text);
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    String host = authority.substring(at + 1);
    String[] keys = (authority.substring(0, Math.max(0, at)) + ":").split(":", -1);
    List<String> buckets = buckets(uri.getPath());
    boolean ownScheme = !"s3".equals(uri.getScheme());
    if (ownScheme || host.contains(".") || host.contains(":")) {
      String endpoint = host.isEmpty() ? "" : (ownScheme ? uri.getScheme() : "http") + "://" + host;
      return new S3Url(endpoint, "", buckets, decoded(keys[0]), decoded(keys[1]));
    }
    boolean alone = at < 0 && buckets.isEmpty() && !REGION.matcher(host).matches();
    return alone
        ? new S3Url("", "", buckets(host), "", "")
        : new S3Url("", host, buckets, decoded(keys[0]), decoded(keys[1]));
  }

  private static List<String> buckets(String path) {
    String name = path == null ? "" : path.replaceAll("^/+|/+$", "");
    return Arrays.stream(name.split(",")).filter(bucket -> !bucket.isEmpty()).toList();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
