package dev.skald.server;

import dev.skald.config.SkaldConfig;
import dev.skald.config.load.LoadedConfig;
import dev.skald.config.load.TenantOverrides;
import dev.skald.distributor.Distributor;
import dev.skald.ingester.Ingester;
import dev.skald.ingester.RecentHeads;
import dev.skald.querier.JoinedLimits;
import dev.skald.querier.Querier;
import dev.skald.querier.tail.Tails;
import dev.skald.server.http.Router;
import dev.skald.server.query.ObservedQueries;
import dev.skald.server.status.CompactionMetrics;
import dev.skald.server.status.EvaluationMetrics;
import dev.skald.server.status.ObjectStoreMetrics;
import dev.skald.server.status.RetentionMetrics;
import dev.skald.server.status.RulerMetrics;
import dev.skald.server.status.ShutdownApi;
import dev.skald.server.status.StatusApi;
import dev.skald.server.tls.ListenerTls;
import dev.skald.storage.Storage;
import dev.skald.storage.deletes.DeleteRequests;
import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The assembled server. Everything it is made of is made here, in the order of dependency, and
 * stopped in the reverse order. Two may run in one process, on different directories and ports.
 */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  /** So late a process that only reads sees what another has sealed. */
  private static final Duration REFRESH = Duration.ofSeconds(2);

  /** So late a changed certificate is in use. */
  private static final Duration CERTIFICATES = Duration.ofSeconds(5);

  private final LoadedConfig loaded;
  private final SkaldConfig config;
  private final Clock clock;
  private final Lifecycle lifecycle = new Lifecycle();
  private Metrics metrics;
  private HttpSetup.Running http;
  private final Health health = new Health();
  private final CountDownLatch terminated = new CountDownLatch(1);

  private Server(LoadedConfig loaded, Clock clock) {
    this.loaded = loaded;
    this.config = loaded.config();
    this.clock = clock;
  }

  /**
   * Starts a server. It answers at once; {@code /ready} says when it takes pushes.
   *
   * @throws IOException if the data directory or the port cannot be had
   */
  public static Server start(LoadedConfig loaded, Clock clock) throws IOException {
    Server server = new Server(loaded, clock);
    try {
      server.start();
      return server;
    } catch (IOException | RuntimeException e) {
      server.lifecycle.stop();
      throw e;
    }
  }

  private void start() throws IOException {
    TenantOverrides overrides = new TenantOverrides(loaded, Path.of("").toAbsolutePath());
    overrides.reload(clock.instant());
    metrics = new Metrics(overrides, config.server().metricsEnabled(), lifecycle);

    if (config.target() == SkaldConfig.Target.READ) {
      startReader(overrides);
    } else {
      startAll(overrides);
    }
  }

  /** Answers queries of what another process writes; new segments are seen a moment later. */
  private void startReader(TenantOverrides overrides) throws IOException {
    Storage storage = new StorageSetup(config, clock, lifecycle, metrics).reader();
    listen(routes(Optional.empty(), RecentHeads.NONE, storage, overrides));
    ticker(overrides).every(REFRESH, "reading of the catalog", () -> refresh(storage));
    health.works();
    LOG.info("Skald started, for reading only");
  }

  private void refresh(Storage storage) {
    try {
      storage.refresh();
      health.looked(true);
    } catch (IOException e) {
      health.looked(false);
      LOG.warn("cannot read what is new in the store, will try again: {}", e.toString());
    }
  }

  private void startAll(TenantOverrides overrides) throws IOException {
    IngesterSetup ingesters = new IngesterSetup(config, clock, lifecycle, metrics);
    WalStore logs = ingesters.logs();
    Storage storage = new StorageSetup(config, clock, lifecycle, metrics).writer(logs);
    health.watch(() -> Optional.ofNullable(storage.fenced()).map(Throwable::getMessage));
    Ingester ingester = ingesters.ingester(logs, storage, overrides);

    tellLargestPush();
    Distributor distributor =
        new Distributor(ingester, config.distributor(), overrides, clock, metrics.pushes());
    RetentionMetrics retained = new RetentionMetrics(metrics.registry());
    DeleteRequests deletes = new DeleteRequests(storage.catalog(), retained::received);
    retained.observe(deletes, clock);
    Tails tails =
        new Tailing(config, clock, lifecycle).start(ingester.feed(), overrides, metrics.registry());
    Writing writing = new Writing(distributor, ingester, deletes, tails);
    listen(routes(Optional.of(writing), ingester, storage, overrides));
    lifecycle.onStop(tails::close);
    Compaction.Running upkeep =
        new Compaction(config, clock, lifecycle, metrics.corruptions())
            .start(
                storage,
                new Retaining(ingester, overrides, deletes, retained),
                new CompactionMetrics(metrics.registry()));
    Ticker ticker = ticker(overrides);
    ticker.every(TICK, "tick", () -> ingester.tick(clock.instant()));
    ticker.every(TICK, "look for merges", () -> merge(upkeep));
    ticker.every(TICK, "retention", () -> upkeep.retention().tick(clock.instant()));
    ingesters.start(ingester, health);
  }

  /** Merges wait until the log is replayed, which needs the processor for seals. */
  private void merge(Compaction.Running upkeep) {
    if (health.notReady().isEmpty()) {
      upkeep.compactor().tick(clock.instant());
    }
  }

  private Routes routes(
      Optional<Writing> writing, RecentHeads recent, Storage storage, TenantOverrides overrides)
      throws IOException {
    Querier querier =
        new QuerySetup(config.querier(), clock, lifecycle, metrics.registry())
            .start(recent, storage, new JoinedLimits(overrides));
    StatusApi status = new StatusApi(health::notReady, metrics::scrape);
    Consumer<Router> others =
        writing.isPresent()
            ? ruler(overrides, storage, querier)
            : new PassedOnTails(config, clock, lifecycle).start();
    return new Routes(
        config,
        overrides,
        clock,
        writing,
        querier,
        new ObservedQueries(metrics.queries(), System::nanoTime),
        status,
        operations(overrides, writing),
        others,
        HttpSetup.bodyMemory());
  }

  private Consumer<Router> operations(TenantOverrides overrides, Optional<Writing> writing) {
    Operations operations = new Operations(loaded, overrides, clock, this::port, health);
    return router -> operations.register(router, writing.map(Writing::ingester), new Retirement());
  }

  /** What becomes of the process when its ingester is told to stop. */
  private final class Retirement implements ShutdownApi.Listener {
    @Override
    public void stopped() {
      health.retires("Ingester not ready: it has been told to stop");
    }

    @Override
    public void terminate() {
      terminated.countDown();
    }
  }

  /** Waits until a client has asked for the end of the process. */
  void awaitTermination() throws InterruptedException {
    terminated.await();
  }

  private Consumer<Router> ruler(TenantOverrides overrides, Storage storage, Querier querier)
      throws IOException {
    RuleDelivery.Sinks sinks =
        new RuleDelivery(config.ruler(), clock, lifecycle).start(overrides, metrics.registry());
    return new RuleSetup(config, clock, lifecycle)
        .start(
            overrides,
            new RuleSetup.Listeners(
                new RulerMetrics(metrics.registry()), new ObjectStoreMetrics(metrics.registry())),
            new Evaluation.Surroundings(
                querier,
                () -> health.notReady().isEmpty(),
                sinks.alerts(),
                sinks.samples(),
                new EvaluationMetrics(metrics.registry(), config.ruler())));
  }

  private void listen(Routes routes) throws IOException {
    http = new HttpSetup(config, lifecycle).start(routes.router(), metrics.requests());
    metrics.requests().observe(http.server(), config.server().http().connectionLimit());
  }

  private void tellLargestPush() {
    int wanted = config.distributor().maxRecvMsgSize();
    if (wanted > HttpSetup.bodyMemory()) {
      LOG.info(
          "distributor.max_recv_msg_size is {}, but a push may be at most {} bytes long, as it"
              + " comes and once decompressed: an eighth of the heap, which JAVA_OPTS=-Xmx sets",
          wanted,
          HttpSetup.bodyMemory());
    }
  }

  private Ticker ticker(TenantOverrides overrides) {
    Ticker ticker = new Ticker(lifecycle);
    LimitsReload reload = new LimitsReload(overrides);
    ticker.every(config.runtime().period(), "reload of limits", () -> reload.run(clock.instant()));
    if (http.tls().isPresent()) {
      ticker.every(CERTIFICATES, "reload of certificates", this::reloadCertificates);
    }
    return ticker;
  }

  /** The port that the server listens on. */
  public int port() {
    return http.server().port();
  }

  /** Takes certificates that have changed into use, as happens every few seconds anyway. */
  public void reloadCertificates() {
    http.tls().ifPresent(ListenerTls::reload);
  }

  /** Takes no more requests, seals what is in memory, and stops. */
  @Override
  public void close() throws IOException {
    health.stops();
    lifecycle.stop();
  }
}
