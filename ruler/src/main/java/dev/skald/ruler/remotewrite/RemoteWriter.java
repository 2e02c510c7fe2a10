package dev.skald.ruler.remotewrite;

import dev.skald.config.Overrides;
import dev.skald.config.RemoteWriteConfig.Client;
import dev.skald.config.RuleLimits;
import dev.skald.config.RulerConfig;
import dev.skald.config.TlsClientConfig;
import dev.skald.ruler.evaluate.RecordedSample;
import dev.skald.ruler.evaluate.SampleSink;
import dev.skald.ruler.http.Poster;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the samples of every tenant to its receivers (config-and-clients.md §2.9). Each tenant and
 * receiver has a queue of its own, an object a save below {@code tenant/receiver/}. Safe for use by
 * any thread.
 */
public final class RemoteWriter implements SampleSink {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteWriter.class);

  /**
   * What it works with.
   *
   * @param executor runs a task for each receiver of a tenant, which blocks while it sends
   * @param store where samples wait
   */
  public record Environment(
      Clock clock, Executor executor, ObjectStore store, RemoteWriteListener listener) {}

  /** Makes clients; may be asked again for the same settings. */
  @FunctionalInterface
  public interface ClientOpener {
    /**
     * @throws IOException if a certificate or key cannot be read
     */
    HttpClient open(TlsClientConfig tls) throws IOException;
  }

  private final RulerConfig config;
  private final Overrides overrides;
  private final ClientOpener opener;
  private final String userAgent;
  private final Environment environment;
  private final Map<TlsClientConfig, HttpClient> clients = new HashMap<>();
  private final Map<Outlet.Id, Outlet> outlets = new ConcurrentHashMap<>();

  private RemoteWriter(
      RulerConfig config,
      Overrides overrides,
      ClientOpener opener,
      String userAgent,
      Environment environment) {
    this.config = config;
    this.overrides = overrides;
    this.opener = opener;
    this.userAgent = userAgent;
    this.environment = environment;
  }

  /**
   * Opens the queues that an earlier process has left.
   *
   * @throws IOException if they, or a certificate, cannot be read
   * @throws IllegalArgumentException if a header or a relabel config is wrong
   */
  public static RemoteWriter open(
      RulerConfig config,
      Overrides overrides,
      ClientOpener opener,
      String userAgent,
      Environment environment)
      throws IOException {
    RemoteWriter writer = new RemoteWriter(config, overrides, opener, userAgent, environment);
    for (Client client : config.remoteWrite().clients().values()) {
      writer.receiver("", client);
    }
    environment.store().removeUnfinished();
    for (String key : environment.store().list("")) {
      writer.reopen(key.split("/"));
    }
    return writer;
  }

  private void reopen(String[] key) throws IOException {
    if (key.length != 3) {
      return;
    }
    for (Map.Entry<String, Client> client : clients(key[0]).entrySet()) {
      if (directory(client.getKey()).equals(key[1])) {
        outlet(new Outlet.Id(key[0], client.getKey()), client.getValue());
      }
    }
  }

  /** The receivers of a tenant by name; none where it has forbidden to send its samples. */
  private Map<String, Client> clients(String tenant) {
    RuleLimits limits = overrides.limits(tenant).rules();
    if (limits.remoteWriteDisabled() || !config.remoteWrite().enabled()) {
      return Map.of();
    }
    Map<String, Client> all = new LinkedHashMap<>(config.remoteWrite().clients());
    all.putAll(limits.remoteWriteClients());
    return all;
  }

  @Override
  public void append(String tenant, List<RecordedSample> samples) {
    Map<String, Client> receivers = clients(tenant);
    if (receivers.isEmpty()) {
      return;
    }
    environment.listener().appended(tenant, samples.size());
    receivers.forEach(
        (name, client) -> {
          try {
            outlet(new Outlet.Id(tenant, name), client).add(samples);
          } catch (IOException | IllegalArgumentException e) {
            LOG.error(
                "samples of tenant {} cannot be sent to {}, they are lost: {}",
                tenant,
                name,
                e.getMessage());
          }
        });
  }

  private synchronized Outlet outlet(Outlet.Id id, Client client) throws IOException {
    Outlet known = outlets.get(id);
    if (known == null) {
      known = new Outlet(id, queue(id, client), receiver(id.tenant(), client), environment);
      outlets.put(id, known);
    } else if (!known.receiver().config().equals(client)) {
      known.receiver(receiver(id.tenant(), client), limits(client));
    }
    return known;
  }

  private SampleQueue queue(Outlet.Id id, Client client) throws IOException {
    return SampleQueue.open(
        environment.store(),
        id.tenant() + "/" + directory(id.client()) + "/",
        limits(client),
        (samples, reason) ->
            environment.listener().dropped(id.tenant(), id.client(), samples, reason));
  }

  private SampleQueue.Limits limits(Client client) {
    return new SampleQueue.Limits(
        client.queue().mostSamples(),
        client.queue().capacity(),
        client.queue().maxSamplesPerSend(),
        config.remoteWrite().maxAge());
  }

  private synchronized Outlet.Receiver receiver(String tenant, Client client) throws IOException {
    HttpClient http = clients.get(client.tls());
    if (http == null) {
      http = opener.open(client.tls());
      clients.put(client.tls(), http);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-protobuf");
    headers.put("Content-Encoding", "snappy");
    headers.put("X-Prometheus-Remote-Write-Version", "0.1.0");
    headers.put("User-Agent", userAgent);
    if (config.remoteWrite().addOrgIdHeader()) {
      headers.put("X-Scope-OrgID", tenant);
    }
    Poster poster = new Poster(http, client.auth(), client.timeout());
    return Outlet.Receiver.of(client, poster, headers);
  }

  /** A name of the configuration as the name of a directory. */
  static String directory(String client) {
    StringBuilder name = new StringBuilder();
    for (byte b : client.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
      if (plain || b == '-' || b == '_') {
        name.append((char) b);
      } else {
        name.append("%%%02X".formatted(b & 0xFF));
      }
    }
    return name.toString();
  }

  /** Saves what was recorded since the last tick, and sends what is due. */
  public void tick() {
    for (Outlet outlet : outlets.values()) {
      if (!outlet.idle()) {
        environment.executor().execute(outlet::work);
      }
    }
  }

  /**
   * Saves everything and tries once more to send it, for the process is about to end.
   *
   * @param atMost how long the sending may take; what is not sent is sent by the next process
   */
  public void flush(Duration atMost) throws InterruptedException {
    outlets.values().forEach(Outlet::save);
    CompletableFuture<?>[] attempts =
        outlets.values().stream()
            .filter(outlet -> !outlet.idle())
            .map(outlet -> CompletableFuture.runAsync(outlet::flush, environment.executor()))
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(attempts).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.info("not all samples could be sent before the end, they are kept: {}", e.toString());
    }
  }
}
