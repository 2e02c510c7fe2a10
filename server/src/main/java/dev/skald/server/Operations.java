package dev.skald.server;

import dev.skald.config.RulerConfig;
import dev.skald.config.SkaldConfig;
import dev.skald.config.load.LoadedConfig;
import dev.skald.config.load.TenantOverrides;
import dev.skald.ingester.Ingester;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import dev.skald.server.status.ConfigApi;
import dev.skald.server.status.FlushApi;
import dev.skald.server.status.Instance;
import dev.skald.server.status.LogLevelApi;
import dev.skald.server.status.Ring;
import dev.skald.server.status.RingApi;
import dev.skald.server.status.Service;
import dev.skald.server.status.ServicesApi;
import dev.skald.server.status.ShutdownApi;
import dev.skald.server.status.TenantLimitsApi;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The endpoints for who runs the process.
 *
 * @param port that the server listens on, once it does
 * @param health knows how all parts are
 */
record Operations(
    LoadedConfig loaded,
    TenantOverrides overrides,
    InstantSource clock,
    IntSupplier port,
    Health health) {

  /**
   * Registers what there is.
   *
   * @param ingester is there if the process takes pushes
   */
  void register(Router router, Optional<Ingester> ingester, ShutdownApi.Listener listener) {
    new ConfigApi(loaded.settings()).register(router);
    new LogLevelApi().register(router);
    new ServicesApi(services(ingester.isPresent())).register(router);
    new TenantLimitsApi(
            overrides::settings, new Tenants(config().authEnabled()), config().patterns().enabled())
        .register(router);
    new RingApi(instance(), clock, rings(ingester.isPresent())).register(router);
    ingester.ifPresent(
        own -> {
          new FlushApi(own).register(router);
          new ShutdownApi(own, listener).register(router);
        });
  }

  private SkaldConfig config() {
    return loaded.config();
  }

  private List<Service> services(boolean writes) {
    List<Service> services = new ArrayList<>();
    for (String name : List.of("server", "querier", "query-frontend", "query-scheduler")) {
      services.add(new Service(name, health::process));
    }
    services.add(new Service("store", health::store));
    if (writes) {
      for (String name : List.of("ring", "distributor", "ingester")) {
        services.add(new Service(name, health::writing));
      }
      if (config().patterns().enabled()) {
        services.add(new Service("pattern-ingester", health::writing));
      }
      if (hasRuler()) {
        services.add(new Service("ruler", health::process));
        services.add(new Service("rule-evaluator", health::writing));
      }
      services.add(new Service("compactor", health::upkeep));
    }
    return services;
  }

  private boolean hasRuler() {
    return config().ruler().store().kind() != RulerConfig.RuleStore.Kind.NONE;
  }

  private Instance instance() {
    return new Instance(hostName(), () -> address() + ":" + port.getAsInt(), clock.instant());
  }

  private String address() {
    String configured = config().server().http().address();
    return configured.isEmpty() ? hostName() : configured;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** A process is in the rings of what it runs; the other rings are empty. */
  private List<Ring> rings(boolean writes) {
    List<Ring> rings = new ArrayList<>();
    rings.add(new Ring("/ring", writes, health::writing));
    rings.add(new Ring("/scheduler/ring", true, health::process));
    rings.add(new Ring("/compactor/ring", writes, health::upkeep));
    rings.add(new Ring("/ruler/ring", writes && hasRuler(), health::writing));
    if (config().patterns().enabled()) {
      rings.add(new Ring("/pattern/ring", writes, health::writing));
    }
    return rings;
  }
}
