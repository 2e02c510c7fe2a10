package dev.skald.ruler.notify;

import dev.skald.config.RulerConfig;
import dev.skald.config.RulerConfig.AlertOrigin;
import dev.skald.config.RulerConfig.AlertmanagerConfig;
import dev.skald.ruler.http.StoppedClock;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** Makes notifiers that do everything on the thread of the test, by a clock that stands. */
final class Notifying implements NotifyListener, AutoCloseable {
  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private Map<String, String> externalLabels = Map.of();
  private Executor executor = Runnable::run;
  private SrvLookup lookup =
      name -> {
        throw new AssertionError("nobody asked for " + name);
      };

  void externalLabels(Map<String, String> labels) {
    externalLabels = labels;
  }

  /** From now on not everything is done on the thread of the test. */
  void executor(Executor other) {
    executor = other;
  }

  void lookup(SrvLookup other) {
    lookup = other;
  }

  Notifier notifier(AlertmanagerConfig alertmanager) {
    RulerConfig config =
        RulerConfig.defaults()
            .withOrigin(new AlertOrigin("", "", externalLabels))
            .withAlertmanager(alertmanager);
    Notifier notifier =
        new Notifier(
            config,
            client,
            "Test/1",
            new Notifier.Environment(clock, () -> 0, executor, lookup, this));
    notifier.tick(clock.instant());
    return notifier;
  }

  Instant now() {
    return clock.instant();
  }

  void tick(Notifier notifier, Duration later) {
    notifier.tick(clock.advance(later));
  }

  /** What the listener was told, one text each. */
  List<String> heard() {
    return heard;
  }

  @Override
  public void sent(String tenant, String alertmanager, int alerts, Duration took) {
    heard.add(tenant + " sent " + alerts);
  }

  @Override
  public void failed(String tenant, String alertmanager) {
    heard.add(tenant + " failed");
  }

  @Override
  public void dropped(String tenant, int alerts) {
    heard.add(tenant + " dropped " + alerts);
  }

  @Override
  public void waiting(String tenant, int alerts) {
    heard.add(tenant + " waiting " + alerts);
  }

  @Override
  public void discovered(int alertmanagers) {
    heard.add("discovered " + alertmanagers);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
