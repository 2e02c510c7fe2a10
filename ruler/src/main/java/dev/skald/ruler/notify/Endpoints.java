package dev.skald.ruler.notify;

import dev.skald.config.HttpAuth;
import dev.skald.config.RulerConfig.Alertmanager;
import dev.skald.config.RulerConfig.AlertmanagerConfig;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the Alertmanagers of a configuration take alerts. */
final class Endpoints {
  private static final String PATH = "/api/v2/alerts";

  private final AlertmanagerConfig config;
  private final SrvLookup lookup;

  Endpoints(AlertmanagerConfig config, SrvLookup lookup) {
    this.config = config;
    this.lookup = lookup;
  }

  /**
   * Returns all, each with how a client proves itself there. Looks up names where the configuration
   * says so.
   *
   * @throws IOException if a name cannot be looked up
   */
  Map<URI, HttpAuth> find() throws IOException {
    Map<URI, HttpAuth> found = new LinkedHashMap<>();
    for (Alertmanager receiver : config.receivers()) {
      URI url = receiver.url();
      if (config.discovery().enabled()) {
        for (SrvLookup.Place place : lookup.lookup(host(url))) {
          String authority = place.host() + ":" + place.port();
          found.put(endpoint(url.getScheme() + "://" + authority, url), receiver.auth());
        }
      } else {
        found.put(endpoint(url.getScheme() + "://" + url.getRawAuthority(), url), receiver.auth());
      }
    }
    return found;
  }

  /** Java's host is null where the name has an underscore. */
  private static String host(URI url) {
    return url.getRawAuthority().replaceFirst(":[0-9]*$", "");
  }

  private static URI endpoint(String base, URI url) {
    return URI.create(base + url.getRawPath().replaceFirst("/+$", "") + PATH);
  }
}
