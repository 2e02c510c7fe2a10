package dev.skald.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Alerts and recorded metrics ({@code ruler}).
 *
 * @param rulePath scratch directory
 * @param walDirectory where recorded samples wait for remote write
 * @param apiEnabled whether rules can be read and written over HTTP
 */
public record RulerConfig(
    RuleStore store,
    Path rulePath,
    Path walDirectory,
    boolean apiEnabled,
    Pace pace,
    AlertOrigin origin,
    AlertTiming timing,
    AlertmanagerConfig alertmanager,
    RemoteWriteConfig remoteWrite,
    ServedTenants tenants,
    boolean groupLabelInMetrics) {
  public RulerConfig {
    Check.present(store, "ruler.storage");
    Check.present(rulePath, "ruler.rule_path");
    Check.present(walDirectory, "ruler.wal.dir");
    Check.present(pace, "ruler intervals");
    Check.present(origin, "ruler.external_url");
    Check.present(timing, "ruler timing");
    Check.present(alertmanager, "ruler.alertmanager_url");
    Check.present(remoteWrite, "ruler.remote_write");
    Check.present(tenants, "ruler.enabled_tenants");
  }

  public static RulerConfig defaults() {
    return new RulerConfig(
        RuleStore.none(),
        Path.of("/rules"),
        Path.of("ruler-wal"),
        true,
        Pace.defaults(),
        AlertOrigin.none(),
        AlertTiming.defaults(),
        AlertmanagerConfig.defaults(),
        RemoteWriteConfig.none(),
        ServedTenants.all(),
        true);
  }

  /** Returns the same with other Alertmanagers. */
  public RulerConfig withAlertmanager(AlertmanagerConfig other) {
    return with(origin, other, remoteWrite, tenants);
  }

  /** Returns the same with other receivers of recorded metrics. */
  public RulerConfig withRemoteWrite(RemoteWriteConfig other) {
    return with(origin, alertmanager, other, tenants);
  }

  /** Returns the same with alerts that come from elsewhere. */
  public RulerConfig withOrigin(AlertOrigin other) {
    return with(other, alertmanager, remoteWrite, tenants);
  }

  /** Returns the same for other tenants. */
  public RulerConfig withTenants(ServedTenants other) {
    return with(origin, alertmanager, remoteWrite, other);
  }

  private RulerConfig with(
      AlertOrigin from,
      AlertmanagerConfig alerts,
      RemoteWriteConfig samples,
      ServedTenants served) {
    return new RulerConfig(
        store,
        rulePath,
        walDirectory,
        apiEnabled,
        pace,
        from,
        timing,
        alerts,
        samples,
        served,
        groupLabelInMetrics);
  }

  /**
   * How often things are done.
   *
   * @param evaluationInterval of groups that name none
   * @param pollInterval how often rule files are read again
   */
  public record Pace(Duration evaluationInterval, Duration pollInterval, Duration maxJitter) {
    public Pace {
      Check.positive(evaluationInterval, "ruler.evaluation_interval");
      Check.positive(pollInterval, "ruler.poll_interval");
      Check.notNegative(maxJitter, "ruler.evaluation.max_jitter");
    }

    public static Pace defaults() {
      return new Pace(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO);
    }
  }

  /**
   * What alerts say of where they come from.
   *
   * @param externalUrl base of links; empty for relative ones
   * @param externalLabels added to every alert that lacks them
   */
  public record AlertOrigin(
      String externalUrl, String datasourceUid, Map<String, String> externalLabels) {
    public AlertOrigin {
      Check.present(externalUrl, "ruler.external_url");
      Check.present(datasourceUid, "ruler.datasource_uid");
      externalLabels = Map.copyOf(externalLabels);
    }

    public static AlertOrigin none() {
      return new AlertOrigin("", "", Map.of());
    }
  }

  /**
   * Whose rules are evaluated.
   *
   * @param enabled empty for all
   */
  public record ServedTenants(Set<String> enabled, Set<String> disabled) {
    public ServedTenants {
      enabled = Set.copyOf(enabled);
      disabled = Set.copyOf(disabled);
    }

    public static ServedTenants all() {
      return new ServedTenants(Set.of(), Set.of());
    }

    /** Whether the ruler does anything for a tenant. */
    public boolean has(String tenant) {
      return (enabled.isEmpty() || enabled.contains(tenant)) && !disabled.contains(tenant);
    }
  }

  /**
   * Where rules come from. With {@link Kind#NONE} no ruler runs.
   *
   * @param directory of {@link Kind#LOCAL}: {@code directory/tenant/file}
   * @param s3 of {@link Kind#S3}
   */
  public record RuleStore(Kind kind, Path directory, S3Config s3) {
    /** What holds the rules. */
    public enum Kind {
      NONE,
      LOCAL,
      S3
    }

    public RuleStore {
      Check.present(kind, "ruler.storage.type");
      Check.present(directory, "ruler.storage.local.directory");
      Check.present(s3, "ruler.storage.s3");
    }

    public static RuleStore none() {
      return new RuleStore(Kind.NONE, Path.of(""), S3Config.none());
    }

    public static RuleStore local(Path directory) {
      return new RuleStore(Kind.LOCAL, directory, S3Config.none());
    }
  }

  /** The {@code for_*} keys and {@code resend_delay}. */
  public record AlertTiming(
      Duration forOutageTolerance, Duration forGracePeriod, Duration resendDelay) {
    public AlertTiming {
      Check.notNegative(forOutageTolerance, "ruler.for_outage_tolerance");
      Check.notNegative(forGracePeriod, "ruler.for_grace_period");
      Check.notNegative(resendDelay, "ruler.resend_delay");
    }

    public static AlertTiming defaults() {
      return new AlertTiming(Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofMinutes(1));
    }
  }

  /**
   * Who is told of alerts.
   *
   * @param receivers each gets every alert
   * @param relabel {@code alert_relabel_configs} as read, applied before sending
   */
  public record AlertmanagerConfig(
      List<Alertmanager> receivers,
      AlertmanagerDiscovery discovery,
      TlsClientConfig tls,
      int queueCapacity,
      Duration timeout,
      List<Map<String, Object>> relabel) {
    public AlertmanagerConfig {
      receivers = List.copyOf(receivers);
      Check.present(discovery, "ruler.enable_alertmanager_discovery");
      Check.present(tls, "ruler.alertmanager_client");
      Check.positive(queueCapacity, "ruler.notification_queue_capacity");
      Check.positive(timeout, "ruler.notification_timeout");
      relabel = List.copyOf(relabel);
    }

    public static AlertmanagerConfig defaults() {
      return new AlertmanagerConfig(
          List.of(),
          AlertmanagerDiscovery.defaults(),
          TlsClientConfig.NONE,
          10_000,
          Duration.ofSeconds(10),
          List.of());
    }
  }

  /**
   * One Alertmanager, or all behind a name.
   *
   * @param url without user information
   */
  public record Alertmanager(URI url, HttpAuth auth) {
    public Alertmanager {
      Check.present(url, "ruler.alertmanager_url");
      Check.present(auth, "ruler.alertmanager_client");
    }
  }

  /**
   * Whether the hosts of the URLs are names of DNS services, as {@code _http._tcp.name}.
   *
   * @param refreshInterval how often they are looked up again
   */
  public record AlertmanagerDiscovery(boolean enabled, Duration refreshInterval) {
    public AlertmanagerDiscovery {
      Check.positive(refreshInterval, "ruler.alertmanager_refresh_interval");
    }

    public static AlertmanagerDiscovery defaults() {
      return new AlertmanagerDiscovery(false, Duration.ofMinutes(1));
    }
  }
}
