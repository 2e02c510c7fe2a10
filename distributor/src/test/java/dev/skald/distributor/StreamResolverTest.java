package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.IngestLimits;
import dev.skald.config.Limits;
import dev.skald.distributor.Rejection.Status;
import dev.skald.logql.Labels;
import dev.skald.logql.StreamHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class StreamResolverTest {
  private static final long MOST_BYTES = 1 << 20;

  private final StreamResolver resolver = new StreamResolver(MOST_BYTES);

  private ResolvedStream resolve(Limits limits, String labels) throws LabelParseException {
    return resolver.resolve("T", limits, Pushes.utf8(labels));
  }

  private ResolvedStream resolve(String labels) throws LabelParseException {
    return resolve(Limits.defaults(), labels);
  }

  private static String labels(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "l%02d=\"v\"".formatted(i))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  @Test
  void knowsTextHashAndLabels() throws Exception {
    ResolvedStream stream = resolve("{b='1',a=\"2\"}");
    Labels labels = Labels.of("a", "2", "b", "1", "service_name", "unknown_service");
    assertThat(stream.labels()).isEqualTo(labels);
    assertThat(stream.text()).isEqualTo("{a=\"2\", b=\"1\", service_name=\"unknown_service\"}");
    assertThat(stream.canonical()).hasToString(stream.text());
    assertThat(stream.hash()).isEqualTo(StreamHash.of(labels));
    assertThat(stream.rejection()).isNull();
  }

  static List<String> candidates() {
    return IngestLimits.defaults().discoverServiceName();
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void takesTheServiceNameFromEachCandidate(String candidate) throws Exception {
    assertThat(resolve("{" + candidate + "=\"x\", zone=\"z\"}").labels().get("service_name"))
        .isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "{job=\"j\", app=\"a\"} ~ a",
        "{job=\"j\", app=\"\"} ~ j",
        "{app=\"a\", service_name=\"s\"} ~ s",
        "{app=\"a\", service_name=\"\"} ~ a",
        "{zone=\"z\"} ~ unknown_service",
        "{} ~ unknown_service",
      })
  void takesTheServiceNameFromTheFirstThatIsThere(String labels, String name) throws Exception {
    assertThat(resolve(labels).labels().get("service_name")).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"__aggregated_metric__", "__pattern__"})
  void addsNoServiceNameToStreamsOfItsOwn(String label) throws Exception {
    assertThat(resolve("{" + label + "=\"x\", app=\"a\"}").labels().get("service_name")).isNull();
  }

  @Test
  void addsNoServiceNameWhereDiscoveryIsOff() throws Exception {
    Limits limits = Tenant.limits("discover_service_name: []");
    assertThat(resolve(limits, "{app=\"a\"}").text()).isEqualTo("{app=\"a\"}");
  }

  @Test
  void dropsEmptyValues() throws Exception {
    assertThat(resolve("{app=\"a\", e=\"\"}").text()).isEqualTo("{app=\"a\", service_name=\"a\"}");
  }

  private static Rejection badRequest(String reason, String message) {
    return new Rejection(reason, Status.BAD_REQUEST, message);
  }

  @Test
  void demandsALabel() throws Exception {
    Limits limits = Tenant.limits("discover_service_name: []");
    assertThat(resolve(limits, "{}").rejection())
        .isEqualTo(
            badRequest("missing_labels", "error at least one label pair is required per stream"));
  }

  @Test
  void limitsTheNumberOfLabels() throws Exception {
    assertThat(resolve(labels(15)).rejection()).isNull();
    ResolvedStream stream = resolve(labels(16));
    assertThat(stream.rejection())
        .isEqualTo(
            badRequest(
                "max_label_names_per_series",
                "entry for stream '" + stream.text() + "' has 16 label names; limit 15"));
  }

  @Test
  void doesNotCountAServiceNameThatTheClientSends() throws Exception {
    String fifteen = labels(15).replace("}", ", service_name=\"s\"}");
    assertThat(resolve(fifteen).rejection()).isNull();
  }

  @Test
  void limitsTheLengthOfNames() throws Exception {
    String name = "n".repeat(1024);
    assertThat(resolve("{" + name + "=\"v\"}").rejection()).isNull();
    ResolvedStream stream = resolve("{" + name + "n=\"v\"}");
    assertThat(stream.rejection())
        .isEqualTo(
            badRequest(
                "label_name_too_long",
                "stream '" + stream.text() + "' has label name too long: '" + name + "n'"));
  }

  @Test
  void limitsTheLengthOfValuesInBytes() throws Exception {
    String value = "ü".repeat(1024);
    assertThat(resolve("{zone=\"" + value + "\"}").rejection()).isNull();
    ResolvedStream stream = resolve("{zone=\"" + value + "v\"}");
    assertThat(stream.rejection())
        .isEqualTo(
            badRequest(
                "label_value_too_long",
                "stream '" + stream.text() + "' has label value too long: '" + value + "v'"));
  }

  @Test
  void rejectsANameThatStandsTwice() throws Exception {
    ResolvedStream stream = resolve("{a=\"1\", a=\"2\"}");
    assertThat(stream.rejection().reason()).isEqualTo("duplicate_label_names");
    assertThat(stream.rejection().message()).endsWith("' has duplicate label name: 'a'");
  }

  @Test
  void demandsEnforcedLabels() throws Exception {
    Limits limits = Tenant.limits("enforced_labels: [app, env, service_name]");
    ResolvedStream stream = resolve(limits, "{zone=\"z\"}");
    assertThat(stream.rejection())
        .isEqualTo(
            badRequest(
                "missing_enforced_labels",
                "missing required labels 'app,env' for user 'T' for stream '{service_name="
                    + "\"unknown_service\", zone=\"z\"}' (policy: '')"));
    assertThat(resolve(limits, "{app=\"a\", env=\"e\"}").rejection()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{level=\"ERR\"} ~ error",
        "{severity=\"custom\"} ~ custom",
        "{lvl=\"warn\", level=\"inf\"} ~ info",
      })
  void readsTheLevelFromLabels(String labels, String level) throws Exception {
    assertThat(new String(resolve(labels).level(), StandardCharsets.UTF_8)).isEqualTo(level);
  }

  @Test
  void readsNoLevelWhereThereIsNone() throws Exception {
    assertThat(resolve("{app=\"error\"}").level()).isNull();
  }

  @Test
  void remembersATextForItsTenantAndLimitsOnly() throws Exception {
    Limits strict = Tenant.limits("max_label_names_per_series: 1");
    String labels = "{a=\"1\", b=\"2\"}";
    Limits usual = Limits.defaults();
    ResolvedStream first = resolve(usual, labels);
    assertThat(resolve(usual, labels)).isSameAs(first);
    assertThat(resolve(strict, labels).rejection()).isNotNull();
    assertThat(resolver.resolve("U", strict, Pushes.utf8(labels)).rejection().message())
        .isEqualTo(resolve(strict, labels).rejection().message());
  }

  @Test
  void remembersNoLongText() throws Exception {
    String labels = "{a=\"" + "v".repeat(10_000) + "\"}";
    assertThat(resolve(labels)).isNotSameAs(resolve(labels));
  }

  @Test
  void tellsWhatIsNoLabelSet() {
    assertThatThrownBy(() -> resolve("{a-b=\"c\"}"))
        .isInstanceOf(LabelParseException.class)
        .hasMessage("1:3: parse error: unexpected character inside braces: '-'");
  }

  @Test
  void remembersNoMoreThanFitsItsMemory() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      resolve("{a=\"" + i + "\"}");
      assertThat(resolver.size() * 600L).isLessThanOrEqualTo(MOST_BYTES);
    }
    for (int i = 0; i < 1_000; i++) {
      resolve("{a=\"" + "x".repeat(900) + i % 10 + "\", b=\"" + i + "\"}");
      assertThat(resolver.size()).isLessThan(2_000);
    }
  }
}
