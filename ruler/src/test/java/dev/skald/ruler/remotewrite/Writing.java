package dev.skald.ruler.remotewrite;

import dev.skald.config.HttpAuth;
import dev.skald.config.Limits;
import dev.skald.config.RemoteWriteConfig;
import dev.skald.config.RemoteWriteConfig.Client;
import dev.skald.config.RemoteWriteConfig.Queue;
import dev.skald.config.RuleLimits;
import dev.skald.config.RulerConfig;
import dev.skald.config.TlsClientConfig;
import dev.skald.ruler.evaluate.RecordedSample;
import dev.skald.ruler.http.StoppedClock;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes writers that do everything on the thread of the test, by a clock that stands. */
final class Writing implements RemoteWriteListener, AutoCloseable {
  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> heard = new ArrayList<>();
  private final Map<String, RuleLimits> tenants = new HashMap<>();
  private final ObjectStore store;
  private boolean enabled = true;
  private boolean addOrgId = true;
  private boolean retryOnRateLimit = true;

  Writing(ObjectStore store) {
    this.store = store;
  }

  void enabled(boolean yes) {
    enabled = yes;
  }

  void addOrgId(boolean yes) {
    addOrgId = yes;
  }

  void retryOnRateLimit(boolean yes) {
    retryOnRateLimit = yes;
  }

  void tenant(String name, boolean disabled, Map<String, Client> own) {
    tenants.put(name, new RuleLimits(0, 0, disabled, own));
  }

  /** A receiver that takes 10 samples a request; 6 times as many may wait. */
  Client client(URI url, Map<String, String> headers, List<Map<String, Object>> relabel) {
    return new Client(
        url,
        headers,
        Duration.ofSeconds(1),
        HttpAuth.NONE,
        TlsClientConfig.NONE,
        new Queue(
            30,
            2,
            10,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            retryOnRateLimit),
        relabel);
  }

  RemoteWriter writer(Map<String, Client> clients) throws IOException {
    RulerConfig config =
        RulerConfig.defaults()
            .withRemoteWrite(
                new RemoteWriteConfig(enabled, clients, addOrgId, Duration.ofHours(4)));
    return RemoteWriter.open(
        config,
        this::limits,
        tls -> http,
        "Test/1",
        new RemoteWriter.Environment(clock, Runnable::run, store, this));
  }

  private Limits limits(String tenant) {
    Limits usual = Limits.defaults();
    return new Limits(
        usual.ingest(),
        usual.admission(),
        usual.otlp(),
        usual.query(),
        usual.cost(),
        usual.retention(),
        tenants.getOrDefault(tenant, usual.rules()),
        usual.patterns());
  }

  void tick(RemoteWriter writer, Duration later) {
    clock.advance(later);
    writer.tick();
  }

  /** Has samples recorded, saved and, at the deadline, sent. */
  void sendNow(RemoteWriter writer, String tenant, List<RecordedSample> samples) {
    writer.append(tenant, samples);
    tick(writer, Duration.ofMillis(1));
    tick(writer, Duration.ofSeconds(5));
  }

  /** What the listener was told, one text each. */
  List<String> heard() {
    return heard;
  }

  @Override
  public void appended(String tenant, int samples) {
    heard.add(tenant + " appended " + samples);
  }

  @Override
  public void sent(String tenant, String client, int samples) {
    heard.add(tenant + "/" + client + " sent " + samples);
  }

  @Override
  public void retried(String tenant, String client, int samples) {
    heard.add(tenant + "/" + client + " retried " + samples);
  }

  @Override
  public void dropped(String tenant, String client, long samples, Reason reason) {
    heard.add(tenant + "/" + client + " dropped " + samples + " " + reason);
  }

  @Override
  public void waiting(String tenant, String client, long samples, long bytes) {}

  @Override
  public void close() {
    http.shutdownNow();
  }
}
