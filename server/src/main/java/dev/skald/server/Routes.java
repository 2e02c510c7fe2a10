package dev.skald.server;

import dev.skald.config.Overrides;
import dev.skald.config.SkaldConfig;
import dev.skald.distributor.Distributor;
import dev.skald.ingester.Ingester;
import dev.skald.querier.Querier;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import dev.skald.server.push.OtlpApi;
import dev.skald.server.push.PushApi;
import dev.skald.server.push.PushMemory;
import dev.skald.server.query.DetectedFieldsApi;
import dev.skald.server.query.DetectedLabelsApi;
import dev.skald.server.query.FormatQueryApi;
import dev.skald.server.query.IndexStatsApi;
import dev.skald.server.query.LabelsApi;
import dev.skald.server.query.PatternsApi;
import dev.skald.server.query.QueryApi;
import dev.skald.server.query.SeriesApi;
import dev.skald.server.query.VolumeApi;
import dev.skald.server.status.FlushApi;
import dev.skald.server.status.StatusApi;
import java.time.InstantSource;

/**
 * Which endpoint answers which path.
 *
 * @param status answers for the process itself
 * @param pushMemory how many bytes all pushes may take, as they come and once decompressed
 */
record Routes(
    SkaldConfig config,
    Overrides overrides,
    InstantSource clock,
    Ingester ingester,
    Distributor distributor,
    Querier querier,
    StatusApi status,
    int pushMemory) {

  Router router() {
    Router router = new Router(config.server().http().pathPrefix());
    Tenants tenants = new Tenants(config.authEnabled());
    writes(router, tenants);
    new QueryApi(querier, tenants, clock).register(router);
    new LabelsApi(querier, tenants, clock).register(router);
    new SeriesApi(querier, tenants, clock).register(router);
    new IndexStatsApi(querier, tenants, clock).register(router);
    new VolumeApi(querier, tenants, overrides, clock).register(router);
    new FormatQueryApi().register(router);
    new DetectedLabelsApi(querier, tenants, clock).register(router);
    new DetectedFieldsApi(querier, tenants, clock).register(router);
    new PatternsApi(ingester.patterns(), tenants, clock).register(router);
    new FlushApi(ingester).register(router);
    status.register(router);
    return router;
  }

  private void writes(Router router, Tenants tenants) {
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
