package dev.skald.server.query;

import dev.skald.querier.Caller;
import dev.skald.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Tells who of a tenant asks, as far as a request says, so that users share the server alike. */
final class Callers {
  private static final String BASIC = "Basic ";

  private Callers() {}

  static Caller of(Request request, String tenant) {
    Map<String, String> tags = QueryTags.all(request);
    List<String> names =
        List.of(
            request.header("X-Loki-Actor-Path"),
            request.header("X-Grafana-User"),
            tags.getOrDefault("user", ""),
            basicUser(request),
            request.client());
    String actor = names.stream().filter(name -> !name.isBlank()).findFirst().orElse("");
    return new Caller(tenant, actor, tags);
  }

  /** Returns the user of basic authentication, whether anybody has checked it or not. */
  private static String basicUser(Request request) {
    String header = request.header("Authorization");
    if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return "";
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      return new String(decoded, StandardCharsets.UTF_8).split(":", 2)[0];
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
