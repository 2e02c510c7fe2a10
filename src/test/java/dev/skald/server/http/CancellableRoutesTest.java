package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.query.DetectedFieldsApi;
import dev.skald.server.query.DetectedLabelsApi;
import dev.skald.server.query.ExportApi;
import dev.skald.server.query.IndexShardsApi;
import dev.skald.server.query.IndexStatsApi;
import dev.skald.server.query.LabelsApi;
import dev.skald.server.query.LegacyQueryApi;
import dev.skald.server.query.ObservedQueries;
import dev.skald.server.query.PatternsApi;
import dev.skald.server.query.QueryApi;
import dev.skald.server.query.SeriesApi;
import dev.skald.server.query.VolumeApi;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever reads is told when its client hangs up. */
final class CancellableRoutesTest {
  private static Router router() {
    Router router = new Router("");
    Tenants tenants = new Tenants(false);
    InstantSource clock = () -> Instant.EPOCH;
    ObservedQueries unobserved = new ObservedQueries(null, () -> 0);
    new QueryApi(null, tenants, clock, unobserved).register(router);
    new ExportApi(null, tenants, clock).register(router);
    new LabelsApi(null, tenants, clock).register(router);
    new SeriesApi(null, tenants, clock).register(router);
    new LegacyQueryApi(null, tenants, clock, unobserved).register(router);
    new IndexStatsApi(null, tenants, clock).register(router);
    new IndexShardsApi(null, tenants, clock).register(router);
    new VolumeApi(null, tenants, null, clock).register(router);
    new DetectedLabelsApi(null, tenants, clock).register(router);
    new DetectedFieldsApi(null, tenants, clock).register(router);
    new PatternsApi(null, null, tenants, clock).register(router);
    return router;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/loki/api/v1/query_range",
        "/loki/api/v1/query",
        "/loki/api/v1/labels",
        "/loki/api/v1/label",
        "/loki/api/v1/label/app/values",
        "/loki/api/v1/series",
        "/loki/api/v1/index/stats",
        "/loki/api/v1/index/shards",
        "/loki/api/v1/index/volume",
        "/loki/api/v1/index/volume_range",
        "/loki/api/v1/patterns",
        "/loki/api/v1/detected_labels",
        "/loki/api/v1/detected_fields",
        "/loki/api/v1/detected_field/x/values",
        "/api/prom/query",
        "/api/prom/label",
        "/api/prom/label/app/values",
        "/api/prom/series",
        "/skald/api/v1/export",
      })
  void endsWithItsClient(String path) {
    assertThat(router().find("GET", path))
        .isInstanceOfSatisfying(
            Router.Match.Found.class,
            found -> assertThat(found.route().handler().cancellable()).isTrue());
  }
}
