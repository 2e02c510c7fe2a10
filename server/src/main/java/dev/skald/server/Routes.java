package dev.skald.server;

import dev.skald.config.Overrides;
import dev.skald.config.SkaldConfig;
import dev.skald.distributor.Distributor;
import dev.skald.querier.JoinedLimits;
import dev.skald.querier.Querier;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import dev.skald.server.push.OtlpApi;
import dev.skald.server.push.PushApi;
import dev.skald.server.push.PushMemory;
import dev.skald.server.query.DeleteApi;
import dev.skald.server.query.DeletesPageApi;
import dev.skald.server.query.DetectedFieldsApi;
import dev.skald.server.query.DetectedLabelsApi;
import dev.skald.server.query.ExportApi;
import dev.skald.server.query.FormatQueryApi;
import dev.skald.server.query.IndexShardsApi;
import dev.skald.server.query.IndexStatsApi;
import dev.skald.server.query.LabelsApi;
import dev.skald.server.query.LegacyQueryApi;
import dev.skald.server.query.ObservedQueries;
import dev.skald.server.query.PatternsApi;
import dev.skald.server.query.QueryApi;
import dev.skald.server.query.SeriesApi;
import dev.skald.server.query.TailApi;
import dev.skald.server.query.VolumeApi;
import dev.skald.server.status.StatusApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which endpoint answers which path.
 *
 * @param writing is there if the process takes pushes
 * @param queries tells how the queries went
 * @param status answers for the process itself
 * @param operations registers what is for who runs the process
 * @param others registers what only one kind of process has: the ruler, or tails that are passed on
 * @param pushMemory how many bytes all pushes may take, as they come and once decompressed
 */
record Routes(
    SkaldConfig config,
    Overrides overrides,
    InstantSource clock,
    Optional<Writing> writing,
    Querier querier,
    ObservedQueries queries,
    StatusApi status,
    Consumer<Router> operations,
    Consumer<Router> others,
    int pushMemory) {

  private static final String READS_ONLY =
      "this Skald only answers queries (target=read); push to the one that writes the store";

  private static final String TAILS_ELSEWHERE =
      "this Skald only answers queries (target=read); tail from the one that takes pushes";

  Router router() {
    Router router = new Router(config.server().http().pathPrefix());
    Tenants tenants = new Tenants(config.authEnabled(), config.querier().multiTenant());
    writing.ifPresentOrElse(parts -> writes(parts, router, tenants), () -> refuseWrites(router));
    new QueryApi(querier, tenants, clock, queries).register(router);
    new ExportApi(querier, tenants, clock).register(router);
    new LabelsApi(querier, tenants, clock).register(router);
    new SeriesApi(querier, tenants, clock).register(router);
    new LegacyQueryApi(querier, tenants, clock, queries).register(router);
    new IndexStatsApi(querier, tenants, clock).register(router);
    new IndexShardsApi(querier, tenants, clock).register(router);
    new VolumeApi(querier, tenants, new JoinedLimits(overrides), clock).register(router);
    new FormatQueryApi().register(router);
    new DetectedLabelsApi(querier, tenants, clock).register(router);
    new DetectedFieldsApi(querier, tenants, clock).register(router);
    status.register(router);
    operations.accept(router);
    others.accept(router);
    return router;
  }

  private void refuseWrites(Router router) {
    for (String path : List.of("/loki/api/v1/push", "/api/prom/push", "/otlp/v1/logs")) {
      router.add("POST", path, request -> Response.line(503, READS_ONLY));
    }
    if (!config.server().http().tailProxy().isEmpty()) {
      return;
    }
    for (String path : List.of("/loki/api/v1/tail", "/api/prom/tail")) {
      router.addWithoutHead("GET POST", path, request -> Response.line(503, TAILS_ELSEWHERE));
    }
  }

  private void writes(Writing parts, Router router, Tenants tenants) {
    Distributor distributor = parts.distributor();
    new PatternsApi(parts.ingester().patterns(), querier::inTurn, tenants, clock).register(router);
    new TailApi(parts.tails(), querier, tenants, clock).register(router);
    if (config.compactor().retentionEnabled()) {
      Duration cancelPeriod = config.compactor().deleteRequestCancelPeriod();
      DeleteApi deletes = new DeleteApi(parts.deletes(), tenants, overrides, clock, cancelPeriod);
      deletes.register(router);
      new DeletesPageApi(parts.deletes(), deletes).register(router);
    }
    int maxBody = config.distributor().maxRecvMsgSize();
    PushMemory memory = new PushMemory(pushMemory, config.distributor().maxDecompressedSize());
    PushApi push = new PushApi(distributor, tenants, maxBody, memory);
    router.add("POST", "/loki/api/v1/push", push);
    router.add("POST", "/api/prom/push", push);
    OtlpApi.OtlpOptions otlp =
        new OtlpApi.OtlpOptions(maxBody, memory, config.distributor().otlpIndexLabels());
    router.add("POST", "/otlp/v1/logs", new OtlpApi(distributor, tenants, overrides, clock, otlp));
  }
}
