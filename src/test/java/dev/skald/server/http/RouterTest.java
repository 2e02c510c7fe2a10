package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.http.Router.Match;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouterTest {
  private static final Handler HANDLER = request -> Response.noContent();

  private final Router router =
      new Router("")
          .add("POST", "/loki/api/v1/push", HANDLER)
          .add("GET POST", "/loki/api/v1/label/{name}/values", HANDLER)
          .add("GET", "/rules/{namespace}/{group}", HANDLER)
          .add("DELETE", "/rules/{namespace}/{group}", HANDLER)
          .add("", "/any", HANDLER)
          .add("GET", "/", HANDLER);

  private String name(String method, String path) {
    return switch (router.find(method, path)) {
      case Match.Found found -> found.route().name();
      case Match.WrongMethod wrong -> "not " + method;
      case Match.Unknown unknown -> "unknown";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /loki/api/v1/push, loki_api_v1_push",
    "GET, /loki/api/v1/push, not GET",
    "PUT, /loki/api/v1/push, not PUT",
    "POST, /loki/api/v1/push/, unknown",
    "POST, /loki/api/v1, unknown",
    "POST, /LOKI/api/v1/push, unknown",
    "GET, /loki/api/v1/label/app/values, loki_api_v1_label_name_values",
    "GET, /loki/api/v1/label//values, unknown",
    "GET, /loki/api/v1/label/a/b/values, unknown",
    "DELETE, /any, any",
    "GET, /, ''",
    "GET, '', unknown",
  })
  void findsRoutesByMethodAndPath(String method, String path, String expected) {
    assertThat(name(method, path)).isEqualTo(expected);
  }

  private Map<String, String> parameters(String method, String path) {
    return ((Match.Found) router.find(method, path)).pathParameters();
  }

  @Test
  void handsOutPartsOfThePath() {
    assertThat(parameters("GET", "/rules/my ns/grü"))
        .isEqualTo(Map.of("namespace", "my ns", "group", "grü"));
  }

  @Test
  void tellsRoutesOfOnePathByTheirMethods() {
    assertThat(parameters("DELETE", "/rules/a/b")).containsEntry("group", "b");
    assertThat(name("PUT", "/rules/a/b")).isEqualTo("not PUT");
  }

  @Test
  void putsAPrefixBeforeEveryPath() {
    Router prefixed = new Router("/logs").add("GET", "/ready", HANDLER);
    assertThat(prefixed.find("GET", "/logs/ready"))
        .isInstanceOfSatisfying(
            Match.Found.class, found -> assertThat(found.route().name()).isEqualTo("ready"));
    assertThat(prefixed.find("GET", "/ready")).isInstanceOf(Match.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/loki/api/v1/push, loki_api_v1_push",
    "/loki/api/v1/label/{name}/values, loki_api_v1_label_name_values",
    "/otlp/v1/logs, otlp_v1_logs",
    "/, ''",
  })
  void namesRoutesAsMetricsDo(String pattern, String name) {
    assertThat(Router.metricName(pattern)).isEqualTo(name);
  }
}
