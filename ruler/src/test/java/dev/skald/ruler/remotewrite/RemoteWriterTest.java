package dev.skald.ruler.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.RemoteWriteConfig.Client;
import dev.skald.logql.Labels;
import dev.skald.ruler.evaluate.RecordedSample;
import dev.skald.ruler.http.Receiver;
import dev.skald.storage.object.FilesystemStore;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that are sent to receivers of every character, and wait on disk meanwhile. */
final class RemoteWriterTest {
  @TempDir Path directory;
  private Writing writing;
  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    writing = new Writing(new FilesystemStore(directory));
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
    writing.close();
  }

  private Client client(Map<String, String> headers) {
    return writing.client(receiver.url("/api/v1/write"), headers, List.of());
  }

  private RemoteWriter writer() throws IOException {
    return writing.writer(Map.of("prom", client(Map.of())));
  }

  private static List<RecordedSample> samples(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> sample("m", i)).toList();
  }

  private static RecordedSample sample(String name, int value) {
    return new RecordedSample(Labels.of("__name__", name), value * 1000L, value);
  }

  /** The values of each request. */
  private static List<List<Integer>> values(Receiver receiver) {
    return receiver.received().stream()
        .map(
            request ->
                DecodedRequest.ofBody(request.body()).stream()
                    .map(sample -> (int) sample.value())
                    .toList())
        .toList();
  }

  private List<String> objects() throws IOException {
    return new FilesystemStore(directory).list("");
  }

  @Test
  void sendsWhatPrometheusReads() throws IOException {
    RemoteWriter writer = writing.writer(Map.of("prom", client(Map.of("X-Own", "y"))));

    writer.append("team-a", List.of(sample("a:b", 7)));
    writing.tick(writer, Duration.ofSeconds(1));
    writing.tick(writer, Duration.ofSeconds(5));

    Receiver.Received request = receiver.received().getFirst();
    assertThat(request.path()).isEqualTo("/api/v1/write");
    assertThat(request.headers())
        .containsEntry("content-type", "application/x-protobuf")
        .containsEntry("content-encoding", "snappy")
        .containsEntry("x-prometheus-remote-write-version", "0.1.0")
        .containsEntry("user-agent", "Test/1")
        .containsEntry("x-own", "y")
        .containsEntry("x-scope-orgid", "team-a");
    assertThat(DecodedRequest.ofBody(request.body())).containsExactly(sample("a:b", 7));
    assertThat(writing.heard()).contains("team-a appended 1", "team-a/prom sent 1");
    assertThat(objects()).isEmpty();
  }

  @Test
  void aTenantOfTheConfigurationTricksNobody() throws IOException {
    Map<String, Client> clients = Map.of("prom", client(Map.of("x-scope-orgid", "admin")));
    writing.addOrgId(false);
    RemoteWriter writer = writing.writer(clients);

    writing.sendNow(writer, "t", samples(0, 1));

    assertThat(receiver.received().getFirst().headers()).doesNotContainKey("x-scope-orgid");
  }

  @Test
  void waitsForMoreSamplesUntilTheDeadline() throws IOException {
    RemoteWriter writer = writer();

    writer.append("t", samples(0, 3));
    writing.tick(writer, Duration.ofSeconds(1));
    writer.append("t", samples(3, 5));
    writing.tick(writer, Duration.ofSeconds(4));
    assertThat(receiver.received()).isEmpty();
    assertThat(objects())
        .containsExactly("t/prom/000000000000.samples", "t/prom/000000000001.samples");
    writing.tick(writer, Duration.ofSeconds(1));

    assertThat(values(receiver)).containsExactly(List.of(0, 1, 2, 3, 4));
  }

  @Test
  void aFullRequestWaitsForNothing() throws IOException {
    RemoteWriter writer = writer();

    writer.append("t", samples(0, 25));
    writing.tick(writer, Duration.ofSeconds(1));
    assertThat(values(receiver)).extracting(List::size).containsExactly(10, 10);

    writing.tick(writer, Duration.ofSeconds(5));
    assertThat(values(receiver).getLast()).containsExactly(20, 21, 22, 23, 24);
  }

  @Test
  void aFailureIsTriedAgainInOrder() throws IOException {
    receiver.then(500).thenHangUp().then(503).then(429).then(302);
    RemoteWriter writer = writer();

    writer.append("t", samples(0, 10));
    writing.tick(writer, Duration.ofSeconds(1));
    for (int i = 1; i <= 10; i++) {
      writer.append("t", samples(10 * i, 10 * i + 10));
      writing.tick(writer, Duration.ofSeconds(5));
    }

    List<List<Integer>> values = values(receiver);
    assertThat(values.subList(0, 6)).allMatch(values.getFirst()::equals);
    assertThat(values.subList(5, values.size()).stream().flatMap(List::stream).toList())
        .isEqualTo(IntStream.range(0, 110).boxed().toList());
    assertThat(writing.heard()).filteredOn(text -> text.contains("retried")).hasSize(5);
    assertThat(writing.heard()).noneMatch(text -> text.contains("dropped"));
  }

  @Test
  void aReceiverThatAsksForTimeGetsIt() throws IOException {
    receiver.then(429, Map.of("Retry-After", "60"), "");
    RemoteWriter writer = writer();

    writing.sendNow(writer, "t", samples(0, 10));
    writing.tick(writer, Duration.ofSeconds(53));
    assertThat(receiver.received()).hasSize(1);
    writing.tick(writer, Duration.ofSeconds(2));

    assertThat(receiver.received()).hasSize(2);
  }

  @Test
  void whatIsRefusedIsDroppedAndCounted() throws IOException {
    receiver.then(400, Map.of(), "out of order");
    RemoteWriter writer = writer();

    writing.sendNow(writer, "t", samples(0, 10));
    writing.sendNow(writer, "t", samples(10, 20));

    assertThat(values(receiver)).hasSize(2);
    assertThat(writing.heard()).contains("t/prom dropped 10 REFUSED", "t/prom sent 10");
    assertThat(objects()).isEmpty();
  }

  @Test
  void whoeverDoesNotRetryAfterA429Drops() throws IOException {
    receiver.then(429);
    writing.retryOnRateLimit(false);
    RemoteWriter writer = writer();

    writing.sendNow(writer, "t", samples(0, 10));

    assertThat(writing.heard()).contains("t/prom dropped 10 REFUSED");
  }

  @Test
  void theNextProcessSendsWhatThisOneCouldNot() throws Exception {
    receiver.then(500).then(500);
    RemoteWriter first = writer();
    first.append("t", samples(0, 3));
    first.flush(Duration.ofSeconds(5));
    first.append("t", samples(3, 4));
    first.flush(Duration.ofSeconds(5));
    assertThat(objects()).hasSize(2);

    RemoteWriter second = writer();
    second.append("t", samples(4, 5));
    writing.tick(second, Duration.ofSeconds(1));
    writing.tick(second, Duration.ofSeconds(10));

    assertThat(values(receiver).getLast()).containsExactly(0, 1, 2, 3, 4);
    assertThat(objects()).isEmpty();
  }

  @Test
  void aFullQueueDropsTheOldest() throws IOException {
    for (int i = 0; i < 5; i++) {
      receiver.then(503);
    }
    RemoteWriter writer = writer();

    for (int i = 0; i < 12; i++) {
      writer.append("t", samples(10 * i, 10 * i + 10));
      writing.tick(writer, Duration.ofSeconds(1));
    }
    writing.tick(writer, Duration.ofMinutes(1));

    // 60 samples wait at most.
    assertThat(writing.heard()).contains("t/prom dropped 10 FULL");
    assertThat(values(receiver).getLast())
        .containsExactly(110, 111, 112, 113, 114, 115, 116, 117, 118, 119);
  }

  @Test
  void whatIsTooOldIsDropped() throws IOException {
    receiver.then(503);
    RemoteWriter writer = writer();

    writing.sendNow(writer, "t", samples(0, 3));
    writing.tick(writer, Duration.ofHours(5));

    assertThat(writing.heard()).contains("t/prom dropped 3 OLD");
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void damageCostsNoMoreThanItsObject() throws IOException {
    ObjectStore store = new FilesystemStore(directory);
    receiver.then(500);
    RemoteWriter first = writer();
    for (int i = 0; i < 3; i++) {
      first.append("t", samples(i, i + 1));
      writing.tick(first, Duration.ofSeconds(1));
    }
    String damaged = objects().get(1);
    byte[] bytes = store.get(damaged, 0, (int) store.size(damaged));
    bytes[bytes.length - 8] ^= 1;
    store.put(damaged, List.of(ByteBuffer.wrap(bytes)));
    store.put("t/prom/000000000009.samples", List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})));

    RemoteWriter second = writer();
    writing.tick(second, Duration.ofSeconds(30));
    writing.tick(second, Duration.ofSeconds(30));

    assertThat(values(receiver).getLast()).containsExactly(0, 2);
    assertThat(writing.heard()).filteredOn("t/prom dropped 1 CORRUPT"::equals).hasSize(2);
    assertThat(objects()).isEmpty();
  }

  @Test
  void aDiskThatIsFullHoldsUpNothing() throws IOException {
    writing.close();
    writing = new Writing(new FullStore(new FilesystemStore(directory)));
    RemoteWriter writer = writer();

    writing.sendNow(writer, "t", samples(0, 3));

    assertThat(values(receiver)).containsExactly(List.of(0, 1, 2));
    assertThat(objects()).isEmpty();
  }

  @Test
  void aDiskThatIsFullIsTriedAgain() throws IOException {
    writing.close();
    FullStore store = new FullStore(new FilesystemStore(directory));
    writing = new Writing(store);
    receiver.then(503).then(503);
    RemoteWriter writer = writer();
    writing.sendNow(writer, "t", samples(0, 3));
    assertThat(objects()).isEmpty();

    store.hasRoom(true);
    writing.tick(writer, Duration.ofMillis(1));

    assertThat(objects()).hasSize(1);
    assertThat(writing.heard()).noneMatch(text -> text.contains("dropped"));
  }

  @Test
  void eachReceiverHasAQueueOfItsOwn() throws IOException {
    try (Receiver other = new Receiver()) {
      receiver.then(500);
      RemoteWriter writer =
          writing.writer(
              Map.of(
                  "prom", client(Map.of()),
                  "other/1", writing.client(other.url("/push"), Map.of(), List.of())));

      writing.sendNow(writer, "t", samples(0, 2));

      assertThat(values(other)).containsExactly(List.of(0, 1));
      assertThat(objects()).containsExactly("t/prom/000000000000.samples");
      assertThat(writing.heard()).contains("t/other/1 sent 2");
    }
  }

  @Test
  void tenantsHaveReceiversOfTheirOwnAndMayHaveNone() throws IOException {
    try (Receiver own = new Receiver()) {
      writing.tenant(
          "own", false, Map.of("prom", writing.client(own.url("/own"), Map.of(), List.of())));
      writing.tenant("off", true, Map.of());
      RemoteWriter writer = writer();

      writing.sendNow(writer, "own", samples(0, 1));
      writing.sendNow(writer, "off", samples(1, 2));
      writing.sendNow(writer, "t", samples(2, 3));

      assertThat(values(own)).containsExactly(List.of(0));
      assertThat(values(receiver)).containsExactly(List.of(2));
    }
  }

  @Test
  void aChangedReceiverCountsFromThenOn() throws IOException {
    try (Receiver moved = new Receiver()) {
      receiver.then(503);
      RemoteWriter writer = writer();
      writing.sendNow(writer, "t", samples(0, 1));

      writing.tenant(
          "t", false, Map.of("prom", writing.client(moved.url("/moved"), Map.of(), List.of())));
      writing.sendNow(writer, "t", samples(1, 2));

      assertThat(values(moved)).containsExactly(List.of(0, 1));
    }
  }

  @Test
  void relabelsBeforeItSaves() throws IOException {
    List<Map<String, Object>> relabel =
        List.of(
            Map.of("action", "drop", "regex", "noise", "source_labels", List.of("__name__")),
            Map.of("target_label", "cluster", "replacement", "eu"));
    RemoteWriter writer =
        writing.writer(Map.of("prom", writing.client(receiver.url("/"), Map.of(), relabel)));

    writing.sendNow(writer, "t", List.of(sample("noise", 1), sample("m", 2)));

    assertThat(DecodedRequest.ofBody(receiver.received().getFirst().body()))
        .extracting(RecordedSample::labels)
        .containsExactly(Labels.of("__name__", "m", "cluster", "eu"));
  }

  @Test
  void sendsNothingUnlessItIsEnabled() throws IOException {
    writing.enabled(false);
    RemoteWriter writer = writer();

    writing.sendNow(writer, "t", samples(0, 1));

    assertThat(receiver.received()).isEmpty();
    assertThat(objects()).isEmpty();
  }

  @Test
  void saysAtTheStartWhatIsWrong() {
    List<Map<String, Object>> wrong = List.of(Map.of("action", "other"));
    List<Client> clients = new ArrayList<>();
    clients.add(writing.client(receiver.url("/"), Map.of(), wrong));
    clients.add(writing.client(receiver.url("/"), Map.of("Host", "a"), List.of()));

    for (Client client : clients) {
      assertThatThrownBy(() -> writing.writer(Map.of("prom", client)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
