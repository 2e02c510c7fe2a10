package dev.skald.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where recorded metrics go ({@code ruler.remote_write}).
 *
 * @param clients by name
 * @param addOrgIdHeader whether {@code X-Scope-OrgID} is sent along
 * @param maxAge how long samples wait for a receiver ({@code ruler.wal.max_age})
 */
public record RemoteWriteConfig(
    boolean enabled, Map<String, Client> clients, boolean addOrgIdHeader, Duration maxAge) {
  public RemoteWriteConfig {
    Check.positive(maxAge, "ruler.wal.max_age");
    clients = Map.copyOf(clients);
    if (enabled && clients.isEmpty()) {
      throw new IllegalArgumentException("remote-write enabled but no clients URL are configured");
    }
  }

  public static RemoteWriteConfig none() {
    return new RemoteWriteConfig(false, Map.of(), true, Duration.ofHours(4));
  }

  /**
   * One receiver.
   *
   * @param relabel {@code write_relabel_configs} as read
   */
  public record Client(
      URI url,
      Map<String, String> headers,
      Duration timeout,
      HttpAuth auth,
      TlsClientConfig tls,
      Queue queue,
      List<Map<String, Object>> relabel) {
    public Client {
      Check.present(url, "url");
      headers = Map.copyOf(headers);
      Check.positive(timeout, "remote_timeout");
      Check.present(auth, "basic_auth");
      Check.present(tls, "tls_config");
      Check.present(queue, "queue_config");
      relabel = List.copyOf(relabel);
    }

    @Override
    public String toString() {
      return "Client[" + url.getHost() + ", " + auth + "]";
    }
  }

  /**
   * Prometheus' {@code queue_config}.
   *
   * @param capacity samples of a shard
   * @param maxShards how many times {@code capacity} wait at most
   * @param retryOnRateLimit whether samples are sent again after a 429
   */
  public record Queue(
      int capacity,
      int maxShards,
      int maxSamplesPerSend,
      Duration batchSendDeadline,
      Duration minBackoff,
      Duration maxBackoff,
      boolean retryOnRateLimit) {
    public Queue {
      Check.positive(capacity, "queue_config.capacity");
      Check.positive(maxShards, "queue_config.max_shards");
      Check.positive(maxSamplesPerSend, "queue_config.max_samples_per_send");
      Check.positive(batchSendDeadline, "queue_config.batch_send_deadline");
      Check.positive(minBackoff, "queue_config.min_backoff");
      Check.positive(maxBackoff, "queue_config.max_backoff");
    }

    public static Queue defaults() {
      return new Queue(
          10_000,
          50,
          2_000,
          Duration.ofSeconds(5),
          Duration.ofMillis(30),
          Duration.ofSeconds(5),
          true);
    }

    /** The most samples that wait. */
    public long mostSamples() {
      return (long) capacity * maxShards;
    }
  }
}
