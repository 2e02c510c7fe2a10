package dev.skald.ruler.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts that outlive the process. */
final class RestartTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Labels WEB = Labels.of("app", "web");

  private final MemoryStore store = new MemoryStore();
  private final GivenRules given =
      GivenRules.of("groups: [{name: g, rules: [{alert: A, expr: vector(1), for: 20m}]}]");

  private EvaluatedRules evaluated() {
    return new EvaluatedRules(given, EvaluatedRules.config("", List.of()), store, Runnable::run);
  }

  private EvaluatedRules firing() {
    EvaluatedRules rules = evaluated();
    rules.queries.give("vector(1)", WEB, 1);
    rules.pass(MINUTE.multipliedBy(21));
    assertThat(rules.alerts()).containsExactly("{alertname=\"A\", app=\"web\"} FIRING");
    rules.sent();
    rules.heard();
    return rules;
  }

  @Test
  void anAlertThatFiresGoesOnFiring() {
    EvaluatedRules rules = firing();
    Instant active = rules.rule().alerts().getFirst().activeAt();
    rules.skip(Duration.ofMinutes(30));
    rules.restart();

    assertThat(rules.alerts()).containsExactly("{alertname=\"A\", app=\"web\"} FIRING");
    assertThat(rules.rule().alerts().getFirst().activeAt()).isEqualTo(active);
    rules.pass(MINUTE);
    assertThat(rules.sent()).containsExactly("{alertname=\"A\", app=\"web\"} fires");
  }

  @Test
  void anAlertWhoseResultHasGoneMeanwhileIsResolved() {
    EvaluatedRules rules = firing();
    rules.restart();
    rules.queries.give("vector(1)");
    rules.pass(MINUTE);

    assertThat(rules.sent()).containsExactly("{alertname=\"A\", app=\"web\"} resolved");
  }

  @Test
  void anAlertThatWaitsGoesOnWaiting() {
    EvaluatedRules rules = evaluated();
    rules.queries.give("vector(1)", WEB, 1);
    rules.pass(MINUTE.multipliedBy(6));
    rules.close();
    rules.skip(Duration.ofMinutes(30));
    rules.restart();

    assertThat(rules.alerts()).containsExactly("{alertname=\"A\", app=\"web\"} PENDING");
    rules.pass(MINUTE.multipliedBy(13));
    assertThat(rules.alerts()).containsExactly("{alertname=\"A\", app=\"web\"} PENDING");
    rules.pass(MINUTE.multipliedBy(3));
    assertThat(rules.alerts()).containsExactly("{alertname=\"A\", app=\"web\"} FIRING");
  }

  @Test
  void afterTooLongAnOutageAlertsBeginAnew() {
    EvaluatedRules rules = firing();
    rules.skip(Duration.ofMinutes(62));
    rules.restart();

    assertThat(rules.alerts()).isEmpty();
    assertThat(store.objects).isEmpty();
  }

  @Test
  void alertsThatEndedAreNotKept() {
    EvaluatedRules rules = firing();
    rules.queries.give("vector(1)");
    rules.pass(MINUTE.multipliedBy(17));
    rules.restart();
    rules.pass(MINUTE);

    assertThat(rules.sent()).filteredOn(text -> text.endsWith("fires")).isEmpty();
    assertThat(rules.alerts()).isEmpty();
  }

  @Test
  void nothingIsWrittenWhereThereAreNoAlerts() {
    EvaluatedRules rules = evaluated();
    rules.pass(MINUTE.multipliedBy(3));
    rules.close();

    assertThat(store.objects).isEmpty();
  }

  @Test
  void corruptAlertsAreLeftOutAndCounted() {
    EvaluatedRules rules = firing();
    byte[] saved = store.objects.firstEntry().getValue();
    saved[saved.length / 2] ^= 4;
    rules.restart();

    assertThat(rules.heard()).containsOnlyOnce("corrupt the checksum is wrong");
    assertThat(rules.alerts()).isEmpty();
    assertThat(store.objects).hasSize(1);
    rules.pass(MINUTE);
    assertThat(rules.alerts()).containsExactly("{alertname=\"A\", app=\"web\"} PENDING");
  }

  @Test
  void aFullDiskIsToldAndAlertsGoOn() {
    MemoryStore full = new MemoryStore();
    FullStore disk = new FullStore(full);
    EvaluatedRules rules =
        new EvaluatedRules(given, EvaluatedRules.config("", List.of()), disk, Runnable::run);
    rules.queries.give("vector(1)", WEB, 1);
    rules.pass(MINUTE);

    assertThat(rules.heard()).contains("unsaved fake/alerts.yaml/g");
    assertThat(rules.alerts()).hasSize(1);
    disk.full = false;
    rules.pass(MINUTE);
    assertThat(full.objects).hasSize(1);
  }

  /** A disk without room, until the test makes some. */
  private static final class FullStore implements dev.skald.storage.object.ObjectStore {
    private final MemoryStore store;
    private boolean full = true;

    FullStore(MemoryStore store) {
      this.store = store;
    }

    @Override
    public byte[] get(String key, long offset, int length) throws IOException {
      return store.get(key, offset, length);
    }

    @Override
    public void put(String key, List<ByteBuffer> chunks) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      store.put(key, chunks);
    }

    @Override
    public void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException {
      store.putIfAbsent(key, chunks);
    }

    @Override
    public List<String> list(String prefix) {
      return store.list(prefix);
    }

    @Override
    public void delete(String key) {
      store.delete(key);
    }

    @Override
    public long size(String key) throws NoSuchFileException {
      return store.size(key);
    }
  }
}
