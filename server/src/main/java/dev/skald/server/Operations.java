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
import java.util.function.Supplier;

/**
 * The endpoints for who runs the process.
 *
 * @param port that the server listens on, once it does
 */
record Operations(
    LoadedConfig loaded, TenantOverrides overrides, InstantSource clock, IntSupplier port) {

  /**
   * Registers what there is.
   *
   * @param ingester is there if the process takes pushes
   */
  void register(Router router, Optional<Ingester> ingester, ShutdownApi.Listener listener) {
    new ConfigApi(loaded.settings()).register(router);
    new LogLevelApi().register(router);
    new ServicesApi(services(ingester)).register(router);
    new TenantLimitsApi(
            overrides::settings, new Tenants(config().authEnabled()), config().patterns().enabled())
        .register(router);
    new RingApi(instance(ingester), clock, rings(ingester.isPresent())).register(router);
    ingester.ifPresent(
        own -> {
          new FlushApi(own).register(router);
          new ShutdownApi(own, listener).register(router);
        });
  }

  private SkaldConfig config() {
    return loaded.config();
  }

  private List<Service> services(Optional<Ingester> ingester) {
    List<Service> services = new ArrayList<>();
    for (String name : List.of("server", "store", "querier", "query-frontend", "query-scheduler")) {
      services.add(new Service(name, () -> Service.State.RUNNING));
    }
    ingester.ifPresent(
        own -> {
          for (String name : writing()) {
            services.add(new Service(name, () -> state(own)));
          }
          services.add(new Service("compactor", () -> Service.State.RUNNING));
        });
    return services;
  }

  private List<String> writing() {
    List<String> names = new ArrayList<>(List.of("ring", "distributor", "ingester"));
    if (config().patterns().enabled()) {
      names.add("pattern-ingester");
    }
    if (config().ruler().store().kind() != RulerConfig.RuleStore.Kind.NONE) {
      names.addAll(List.of("ruler", "rule-evaluator"));
    }
    return names;
  }

  private static Service.State state(Ingester ingester) {
    if (ingester.ready()) {
      return Service.State.RUNNING;
    }
    return ingester.replayed() ? Service.State.STOPPING : Service.State.STARTING;
  }

  private Instance instance(Optional<Ingester> ingester) {
    return new Instance(
        hostName(),
        () -> address() + ":" + port.getAsInt(),
        clock.instant(),
        ingester.<Supplier<String>>map(own -> () -> ringState(own)).orElse(() -> "ACTIVE"));
  }

  private static String ringState(Ingester ingester) {
    return switch (state(ingester)) {
      case STARTING -> "JOINING";
      case RUNNING -> "ACTIVE";
      case STOPPING, FAILED -> "LEAVING";
    };
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

  private List<String> rings(boolean writes) {
    List<String> rings = new ArrayList<>(List.of("/ring", "/scheduler/ring"));
    if (writes) {
      rings.add("/compactor/ring");
      rings.add("/ruler/ring");
    }
    if (config().patterns().enabled()) {
      rings.add("/pattern/ring");
    }
    return rings;
  }
}
