package dev.skald.ruler.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skald.config.HttpAuth;
import dev.skald.config.RulerConfig.Alertmanager;
import dev.skald.config.RulerConfig.AlertmanagerConfig;
import dev.skald.config.RulerConfig.AlertmanagerDiscovery;
import dev.skald.config.TlsClientConfig;
import dev.skald.logql.Labels;
import dev.skald.ruler.evaluate.Alert;
import dev.skald.ruler.http.Receiver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts that are sent to Alertmanagers of every character. */
final class NotifierTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final Notifying notifying = new Notifying();
  private Receiver alertmanager;

  @BeforeEach
  void open() throws IOException {
    alertmanager = new Receiver();
  }

  @AfterEach
  void close() {
    alertmanager.close();
    notifying.close();
  }

  private Notifier notifier(Receiver... receivers) {
    return notifying.notifier(config(10_000, List.of(), receivers));
  }

  private static AlertmanagerConfig config(
      int capacity, List<Map<String, Object>> relabel, Receiver... receivers) {
    List<Alertmanager> urls = new ArrayList<>();
    for (Receiver receiver : receivers) {
      urls.add(new Alertmanager(receiver.url(""), HttpAuth.NONE));
    }
    return new AlertmanagerConfig(
        urls, AlertmanagerDiscovery.defaults(), TlsClientConfig.NONE, capacity, TIMEOUT, relabel);
  }

  private Alert firing(String name) {
    return new Alert(
        Labels.of("alertname", name),
        Map.of("summary", "12 err/s"),
        notifying.now(),
        notifying.now().plusSeconds(240),
        false,
        "/explore?left=x");
  }

  private Alert resolved(String name) {
    return new Alert(
        Labels.of("alertname", name), Map.of(), notifying.now(), notifying.now(), true, "");
  }

  private static JsonNode json(Receiver.Received request) {
    try {
      return new ObjectMapper().readTree(request.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The names of the alerts of each request. */
  private static List<List<String>> names(Receiver receiver) {
    return receiver.received().stream()
        .map(
            request ->
                json(request).findValues("labels").stream()
                    .map(labels -> labels.get("alertname").asText())
                    .toList())
        .toList();
  }

  @Test
  void sendsWhatAlertmanagersRead() {
    notifier(alertmanager).send("team-a", List.of(firing("Errors")));

    Receiver.Received request = alertmanager.received().getFirst();
    assertThat(request.path()).isEqualTo("/api/v2/alerts");
    assertThat(request.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("user-agent", "Test/1")
        .containsEntry("x-scope-orgid", "team-a");
    assertThat(new String(request.body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(
            "[{\"annotations\":{\"summary\":\"12 err/s\"},"
                + "\"endsAt\":\"2026-01-01T00:04:00.000Z\","
                + "\"startsAt\":\"2026-01-01T00:00:00.000Z\","
                + "\"generatorURL\":\"/explore?left=x\","
                + "\"labels\":{\"alertname\":\"Errors\"}}]");
    assertThat(notifying.heard()).contains("team-a sent 1");
  }

  @Test
  void addsExternalLabelsAndRelabels() {
    notifying.externalLabels(Map.of("cluster", "eu", "alertname", "other"));
    List<Map<String, Object>> relabel =
        List.of(
            Map.of("action", "drop", "regex", "Noise", "source_labels", List.of("alertname")),
            Map.of("target_label", "team", "replacement", "a"));
    Notifier notifier = notifying.notifier(config(10, relabel, alertmanager));

    notifier.send("t", List.of(firing("Noise"), firing("Errors")));

    assertThat(json(alertmanager.received().getFirst()))
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.get("labels").toString())
                    .isEqualTo("{\"alertname\":\"Errors\",\"cluster\":\"eu\",\"team\":\"a\"}"));
  }

  @Test
  void anAlertWithoutLabelsIsNotSent() {
    Map<String, Object> all = Map.of("action", "labeldrop", "regex", ".*");
    Notifier notifier = notifying.notifier(config(10, List.of(all), alertmanager));

    notifier.send("t", List.of(firing("Errors")));

    assertThat(alertmanager.received()).isEmpty();
  }

  @Test
  void sendsNoMoreThan256AlertsAtOnce() {
    List<Alert> alerts = IntStream.range(0, 600).mapToObj(i -> firing("a" + i)).toList();

    notifier(alertmanager).send("t", alerts);

    assertThat(names(alertmanager)).extracting(List::size).containsExactly(256, 256, 88);
    assertThat(names(alertmanager).stream().flatMap(List::stream)).doesNotHaveDuplicates();
  }

  @Test
  void aFailureIsTriedAgainLaterAndLater() {
    alertmanager.then(500).then(503).thenHangUp();
    Notifier notifier = notifier(alertmanager);

    notifier.send("t", List.of(firing("Errors")));
    for (int second = 1; second <= 20; second++) {
      notifying.tick(notifier, Duration.ofSeconds(1));
    }

    // After 1, 2 and 4 seconds; then it was taken.
    assertThat(notifying.heard())
        .containsSubsequence("t failed", "t failed", "t failed", "t sent 1")
        .doesNotContain("t dropped 1");
    assertThat(alertmanager.received()).hasSize(4);
  }

  @Test
  void aServerThatAsksForTimeGetsIt() {
    alertmanager.then(429, Map.of("Retry-After", "20"), "");
    Notifier notifier = notifier(alertmanager);

    notifier.send("t", List.of(firing("Errors")));
    notifying.tick(notifier, Duration.ofSeconds(19));
    assertThat(alertmanager.received()).hasSize(1);

    notifying.tick(notifier, Duration.ofSeconds(1));
    assertThat(alertmanager.received()).hasSize(2);
  }

  @Test
  void anAlertmanagerThatComesBackIsToldWhatHolds() throws IOException {
    Notifier notifier = notifier(alertmanager);
    int port = alertmanager.port();
    alertmanager.close();
    notifier.send("t", List.of(firing("Old"), firing("Both")));
    notifying.tick(notifier, Duration.ofSeconds(100));
    notifier.send("t", List.of(resolved("Both")));

    alertmanager = new Receiver(port);
    notifying.tick(notifier, Duration.ofSeconds(30));

    assertThat(names(alertmanager)).containsExactly(List.of("Old", "Both"));
    assertThat(json(alertmanager.received().getFirst()).get(1).get("endsAt").asText())
        .isEqualTo("2026-01-01T00:01:40.000Z");
  }

  @Test
  void whatIsOutdatedIsGivenUpAndCounted() {
    for (int i = 0; i < 50; i++) {
      alertmanager.then(500);
    }
    Notifier notifier = notifier(alertmanager);
    notifier.send("t", List.of(firing("Errors")));

    notifying.tick(notifier, Duration.ofSeconds(240));
    assertThat(notifying.heard()).doesNotContain("t dropped 1");
    notifying.tick(notifier, Duration.ofSeconds(31));

    assertThat(notifying.heard()).contains("t dropped 1");
    assertThat(notifying.heard().getLast()).isEqualTo("t waiting 0");
  }

  @Test
  void theEndOfAnAlertIsToldForAQuarterOfAnHour() {
    for (int i = 0; i < 20; i++) {
      alertmanager.then(500);
    }
    Notifier notifier = notifier(alertmanager);
    notifier.send("t", List.of(resolved("Errors")));

    for (int minute = 1; minute <= 16; minute++) {
      notifying.tick(notifier, Duration.ofMinutes(1));
    }

    assertThat(alertmanager.received()).hasSize(16);
    assertThat(notifying.heard()).contains("t dropped 1");
  }

  @Test
  void oneThatIsDownHoldsBackNoOther() throws IOException {
    try (Receiver other = new Receiver()) {
      alertmanager.then(500);
      Notifier notifier = notifier(alertmanager, other);

      notifier.send("t", List.of(firing("Errors")));
      assertThat(names(other)).containsExactly(List.of("Errors"));
      notifying.tick(notifier, Duration.ofMinutes(10));

      assertThat(names(other)).hasSize(1);
      assertThat(notifying.heard()).doesNotContain("t dropped 1");
    }
  }

  @Test
  void oneThatIsSlowHoldsBackNoOther() throws Exception {
    try (Receiver other = new Receiver();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      notifying.executor(threads);
      alertmanager.thenHang();
      CountDownLatch told = new CountDownLatch(1);
      other.then(
          exchange -> {
            told.countDown();
            exchange.sendResponseHeaders(200, -1);
          });
      Notifier notifier = notifier(alertmanager, other);

      notifier.send("t", List.of(firing("Errors")));

      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(notifying.heard()).doesNotContain("t failed");
    }
  }

  @Test
  void aFullQueueDropsTheOldest() {
    alertmanager.then(500);
    Notifier notifier = notifying.notifier(config(2, List.of(), alertmanager));

    notifier.send("t", List.of(firing("a"), firing("b")));
    notifier.send("t", List.of(firing("c"), firing("b")));
    notifier.send("u", List.of(firing("d")));
    notifying.tick(notifier, Duration.ofSeconds(1));

    assertThat(names(alertmanager))
        .containsExactly(List.of("a", "b"), List.of("b", "c"), List.of("d"));
    assertThat(notifying.heard()).contains("t dropped 1");
  }

  @Test
  void oneBadAlertDoesNotHoldBackTheOthers() {
    alertmanager.then(400).then(200).then(400).then(200).then(400).then(200);
    Notifier notifier = notifier(alertmanager);

    notifier.send("t", List.of(firing("a"), firing("b"), firing("c"), firing("bad")));

    assertThat(names(alertmanager))
        .containsExactly(
            List.of("a", "b", "c", "bad"),
            List.of("a", "b"),
            List.of("c", "bad"),
            List.of("c"),
            List.of("bad"));
    assertThat(notifying.heard()).contains("t dropped 1");
  }

  @Test
  void aWrongUrlIsNoReasonToDropAlerts() {
    alertmanager.then(404).then(401);
    Notifier notifier = notifier(alertmanager);

    notifier.send("t", List.of(firing("a")));
    notifying.tick(notifier, Duration.ofSeconds(1));
    notifying.tick(notifier, Duration.ofSeconds(2));

    assertThat(names(alertmanager)).hasSize(3);
    assertThat(notifying.heard()).contains("t sent 1").doesNotContain("t dropped 1");
  }

  @Test
  void theEndOfTheProcessSendsOnceMore() throws InterruptedException {
    alertmanager.then(500);
    Notifier notifier = notifier(alertmanager);
    notifier.send("t", List.of(firing("a")));

    notifier.flush(Duration.ofSeconds(5));

    assertThat(notifying.heard()).contains("t sent 1");
  }

  @Test
  void findsAlertmanagersByTheNameOfAService() throws IOException {
    try (Receiver other = new Receiver()) {
      List<SrvLookup.Place> places =
          new ArrayList<>(List.of(new SrvLookup.Place("127.0.0.1", alertmanager.port())));
      notifying.lookup(
          name -> {
            assertThat(name).isEqualTo("_web._tcp.alerts.svc");
            if (places.isEmpty()) {
              throw new IOException("nobody knows");
            }
            return List.copyOf(places);
          });
      Notifier notifier =
          notifying.notifier(
              new AlertmanagerConfig(
                  List.of(
                      new Alertmanager(
                          URI.create("http://_web._tcp.alerts.svc/am/"), HttpAuth.basic("u", "p"))),
                  new AlertmanagerDiscovery(true, Duration.ofSeconds(10)),
                  TlsClientConfig.NONE,
                  10,
                  Duration.ofSeconds(1),
                  List.of()));

      notifier.send("t", List.of(firing("a")));
      places.add(new SrvLookup.Place("127.0.0.1", other.port()));
      notifying.tick(notifier, Duration.ofSeconds(10));
      places.clear();
      notifying.tick(notifier, Duration.ofSeconds(10));
      notifier.send("t", List.of(firing("b")));

      assertThat(names(alertmanager)).containsExactly(List.of("a"), List.of("b"));
      assertThat(names(other)).containsExactly(List.of("b"));
      assertThat(other.received().getFirst().path()).isEqualTo("/am/api/v2/alerts");
      assertThat(other.received().getFirst().headers()).containsKey("authorization");
      assertThat(notifying.heard()).containsSubsequence("discovered 1", "discovered 2");
    }
  }

  @Test
  void alertsWaitForTheFirstAlertmanager() {
    List<SrvLookup.Place> places = new ArrayList<>();
    notifying.lookup(
        name -> {
          if (places.isEmpty()) {
            throw new IOException("nobody knows");
          }
          return places;
        });
    Notifier notifier =
        notifying.notifier(
            new AlertmanagerConfig(
                List.of(new Alertmanager(URI.create("http://_web._tcp.alerts"), HttpAuth.NONE)),
                new AlertmanagerDiscovery(true, Duration.ofSeconds(10)),
                TlsClientConfig.NONE,
                2,
                TIMEOUT,
                List.of()));

    notifier.send("t", List.of(firing("a"), firing("b"), firing("c")));
    assertThat(notifying.heard()).contains("t dropped 1");
    places.add(new SrvLookup.Place("127.0.0.1", alertmanager.port()));
    notifying.tick(notifier, Duration.ofSeconds(10));

    assertThat(names(alertmanager)).containsExactly(List.of("b", "c"));
    assertThat(notifying.heard()).contains("t sent 2");
  }

  @Test
  void withoutAlertmanagersNothingIsSaid() {
    notifier().send("t", List.of(firing("a")));

    assertThat(notifying.heard()).doesNotContain("t dropped 1");
  }
}
