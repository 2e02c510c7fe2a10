package dev.skald.ruler.template;

import java.net.URI;
import java.util.Map;

/**
 * What templates know of the process they run in.
 *
 * @param externalUrl base of links; empty for relative ones
 * @param externalLabels added to every alert where it leaves
 */
public record AlertLinks(String externalUrl, Map<String, String> externalLabels) {
  public AlertLinks {
    externalLabels = Map.copyOf(externalLabels);
  }

  /** Returns the path of the external URL. */
  String pathPrefix() {
    String path = externalUrl.isEmpty() ? "" : URI.create(externalUrl).getRawPath();
    return path == null ? "" : path;
  }
}
