package dev.skald.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.OtlpLimits;
import dev.skald.config.OtlpLimits.Action;
import dev.skald.config.OtlpLimits.AttributeRule;
import dev.skald.server.push.OtlpSample.Fields;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OtlpProtobufDecoderTest {
  private static final Fields NOTHING = message -> {};

  private static List<String> decode(byte[] body, OtlpMapping mapping) throws DecodeException {
    return Decoded.entries(OtlpProtobufDecoder.decode(body, mapping, OtlpSample.NOW));
  }

  private static List<String> decode(byte[] body) throws DecodeException {
    return decode(body, OtlpSample.mapping());
  }

  private static String line(Fields value) throws DecodeException {
    String entry = decode(OtlpSample.record(value)).getFirst();
    return entry.substring("{} 1 ".length(), entry.length() - " []".length());
  }

  private static byte[] rich() {
    return OtlpSample.request(
        resource ->
            resource
                .attribute(1, "service.name", "otel")
                .attribute(1, "k8s.pod.name", "p1")
                .attribute(1, "custom.attr", any -> any.varint(3, 7))
                .varint(2, 3),
        scope -> scope.text(1, "sc").text(2, "1.0").attribute(3, "in.scope", "yes").varint(4, 2),
        record ->
            record
                .fixed64(11, 1795140000000000009L)
                .text(3, "ERROR")
                .varint(2, 17)
                .message(5, any -> any.text(1, "otlp line"))
                .bytes(10, HexFormat.of().parseHex("eee19b7ec3c1b174"))
                .bytes(9, HexFormat.of().parseHex("5b8efff798038103d269b633813fc60c"))
                .fixed32(8, -1)
                .varint(7, 4)
                .fixed64(1, 1795140000000000000L)
                .attribute(6, "http.status", any -> any.varint(3, 500))
                .attribute(
                    6,
                    "nested",
                    any ->
                        any.message(
                            6,
                            map ->
                                map.attribute(1, "a", v -> v.varint(2, 1))
                                    .attribute(
                                        1, "b", v -> v.message(6, m -> m.attribute(1, "c", "d")))))
                .attribute(
                    6,
                    "arr",
                    any ->
                        any.message(
                            5,
                            array ->
                                array
                                    .message(1, v -> v.text(1, "x"))
                                    .message(1, v -> v.varint(3, 1))))
                .text(12, "event"));
  }

  @Test
  void mapsARecordInTheOrderThatLokiDoes() throws Exception {
    assertThat(decode(rich()))
        .containsExactly(
            "{k8s_pod_name=\"p1\", service_name=\"otel\"} 1795140000000000000 otlp line"
                + " [http.status=500, nested_a=true, nested_b_c=d, arr=[\"x\",1],"
                + " observed_timestamp=1795140000000000009, severity_number=17,"
                + " severity_text=ERROR, dropped_attributes_count=4, flags=4294967295,"
                + " trace_id=5b8efff798038103d269b633813fc60c, span_id=eee19b7ec3c1b174,"
                + " in.scope=yes, scope_name=sc, scope_version=1.0,"
                + " scope_dropped_attributes_count=2, custom.attr=7]");
  }

  @Test
  void readsNothing() throws Exception {
    assertThat(decode(new byte[0])).isEmpty();
    assertThat(
            OtlpProtobufDecoder.decode(
                    OtlpSample.request(NOTHING, NOTHING), OtlpSample.mapping(), 0)
                .streams())
        .isZero();
  }

  @Test
  void takesTheTimeThatIsThere() throws Exception {
    byte[] body =
        OtlpSample.request(
            NOTHING,
            NOTHING,
            record -> record.fixed64(1, 5),
            record -> record.fixed64(11, 6),
            NOTHING);
    assertThat(decode(body))
        .containsExactly("{} 5  []", "{} 6  []", "{} " + OtlpSample.NOW + "  []");
  }

  @Test
  void printsEveryKindOfLine() throws Exception {
    assertThat(line(NOTHING)).isEmpty();
    assertThat(line(v -> v.text(1, "as \"it\" is"))).isEqualTo("as \"it\" is");
    assertThat(line(v -> v.varint(2, 1))).isEqualTo("true");
    assertThat(line(v -> v.varint(2, 0))).isEqualTo("false");
    assertThat(line(v -> v.varint(3, -7))).isEqualTo("-7");
    assertThat(line(v -> v.fixed64(4, Double.doubleToLongBits(0.25)))).isEqualTo("0.25");
    assertThat(line(v -> v.fixed64(4, Double.doubleToLongBits(1e21)))).isEqualTo("1e+21");
    assertThat(line(v -> v.bytes(7, new byte[] {1, 2, (byte) 0xFF}))).isEqualTo("AQL/");
    assertThat(line(v -> v.message(5, NOTHING))).isEqualTo("[]");
    assertThat(line(v -> v.message(6, NOTHING))).isEqualTo("{}");
  }

  @Test
  void printsMapsSortedByKeyAndCompact() throws Exception {
    assertThat(
            line(
                v ->
                    v.message(
                        6,
                        map ->
                            map.attribute(1, "n", any -> any.varint(3, 3))
                                .attribute(1, "k<", "v&")
                                .attribute(1, "\ufb00", "1")
                                .attribute(1, "\ud83d\ude00", "2")
                                .attribute(1, "b", any -> any.bytes(7, new byte[] {0}))
                                .attribute(1, "e", NOTHING)
                                .attribute(
                                    1,
                                    "a",
                                    any ->
                                        any.message(
                                            5,
                                            a ->
                                                a.message(1, NOTHING)
                                                    .message(1, x -> x.varint(2, 1)))))))
        .isEqualTo(
            "{\"a\":[null,true],\"b\":\"AA==\",\"e\":null,\"k<\":\"v&\",\"n\":3,\"\ufb00\":\"1\","
                + "\"😀\":\"2\"}");
  }

  @Test
  void normalisesAndFlattensIndexLabels() throws Exception {
    OtlpLimits limits =
        new OtlpLimits(
            true,
            List.of(
                AttributeRule.listed(Action.DROP, "secret"),
                AttributeRule.matching(Action.INDEX_LABEL, "os|1bad key")),
            List.of(),
            List.of(),
            false);
    byte[] body =
        OtlpSample.request(
            resource ->
                resource
                    .attribute(1, "os", any -> any.message(6, m -> m.attribute(1, "type", "linux")))
                    .attribute(1, "1bad key", "x")
                    .attribute(1, "secret", "s")
                    .attribute(1, "service.name", "no label now"),
            NOTHING,
            record -> record.fixed64(1, 1));
    assertThat(decode(body, OtlpSample.mapping(limits)))
        .containsExactly("{key_1bad_key=\"x\", os_type=\"linux\"} 1  [service.name=no label now]");
  }

  @Test
  void dropsAttributesOfScopesAndRecords() throws Exception {
    AttributeRule drop = AttributeRule.listed(Action.DROP, "secret");
    OtlpLimits limits = new OtlpLimits(false, List.of(), List.of(drop), List.of(drop), false);
    byte[] body =
        OtlpSample.request(
            NOTHING,
            scope -> scope.attribute(3, "secret", "1").attribute(3, "a", "2"),
            record -> record.fixed64(1, 1).attribute(6, "secret", "3").attribute(6, "b", "4"));
    assertThat(decode(body, OtlpSample.mapping(limits))).containsExactly("{} 1  [b=4, a=2]");
  }

  @Test
  void makesTheSeverityALabelWhereItIsAskedTo() throws Exception {
    OtlpLimits limits = new OtlpLimits(false, List.of(), List.of(), List.of(), true);
    byte[] body =
        OtlpSample.request(
            resource -> resource.attribute(1, "service.name", "s"),
            NOTHING,
            record -> record.fixed64(1, 1).text(3, "WARN"),
            record -> record.fixed64(1, 2).text(3, "WARN"),
            record -> record.fixed64(1, 3),
            record -> record.fixed64(1, 4).text(3, "INFO"));
    assertThat(decode(body, OtlpSample.mapping(limits)))
        .containsExactly(
            "{service_name=\"s\", severity_text=\"WARN\"} 1  [severity_text=WARN]",
            "{service_name=\"s\", severity_text=\"WARN\"} 2  [severity_text=WARN]",
            "{service_name=\"s\", severity_text=\"\"} 3  []",
            "{service_name=\"s\", severity_text=\"INFO\"} 4  [severity_text=INFO]");
  }

  @Test
  void keepsResourcesAndScopesApart() throws Exception {
    byte[] body =
        OtlpSample.message(
            request -> {
              for (int r = 1; r <= 2; r++) {
                String name = "r" + r;
                request.message(
                    1,
                    resourceLogs -> {
                      for (int s = 1; s <= 2; s++) {
                        String scope = name + "s" + s;
                        resourceLogs.message(
                            2,
                            scopeLogs ->
                                scopeLogs
                                    .message(2, record -> record.fixed64(1, 1))
                                    .message(1, named -> named.text(1, scope)));
                      }
                      resourceLogs.message(1, resource -> resource.attribute(1, "host", name));
                    });
              }
            });
    assertThat(decode(body))
        .containsExactly(
            "{} 1  [scope_name=r1s1, host=r1]",
            "{} 1  [scope_name=r1s2, host=r1]",
            "{} 1  [scope_name=r2s1, host=r2]",
            "{} 1  [scope_name=r2s2, host=r2]");
  }

  @Test
  void rejectsALabelWithoutAName() {
    OtlpLimits limits =
        new OtlpLimits(
            false,
            List.of(AttributeRule.listed(Action.INDEX_LABEL, "-")),
            List.of(),
            List.of(),
            false);
    byte[] body = OtlpSample.request(r -> r.attribute(1, "-", "x"), NOTHING, NOTHING);
    assertThatThrownBy(() -> decode(body, OtlpSample.mapping(limits)))
        .isInstanceOf(DecodeException.class)
        .hasMessage("normalization for label name \"-\" resulted in invalid name \"_\"");
  }

  /** A value in so many maps or arrays. */
  private static Fields nested(int depth, boolean maps) {
    Fields value = any -> any.text(1, "deep");
    for (int i = 0; i < depth; i++) {
      Fields inner = value;
      value =
          maps
              ? any -> any.message(6, map -> map.attribute(1, "m", inner))
              : any -> any.message(5, array -> array.message(1, inner));
    }
    return value;
  }

  @Test
  void nestsNoDeeperThanItMay() throws Exception {
    for (boolean maps : new boolean[] {true, false}) {
      Fields fair = nested(40, maps);
      assertThat(line(fair)).contains("deep");
      decode(OtlpSample.request(NOTHING, NOTHING, record -> record.attribute(6, "a", fair)));
      Fields deep = nested(400, maps);
      assertThatThrownBy(() -> line(deep)).hasMessageContaining("nested more than 64 deep");
      byte[] body = OtlpSample.request(NOTHING, NOTHING, record -> record.attribute(6, "a", deep));
      assertThatThrownBy(() -> decode(body)).hasMessageContaining("nested more than 64 deep");
    }
  }

  @Test
  void copiesNoAttributeForEachRecord() throws Exception {
    Fields[] records = new Fields[20_000];
    Arrays.fill(records, NOTHING);
    byte[] body =
        OtlpSample.request(
            resource -> {
              for (int i = 0; i < 20_000; i++) {
                resource.attribute(1, "a" + i, "v");
              }
            },
            NOTHING,
            records);
    var request = OtlpProtobufDecoder.decode(body, OtlpSample.mapping(), 1);
    assertThat(request.entries()).isEqualTo(20_000);
    assertThat(request.pairs().groupPairs(request.groupOf(0))).isEqualTo(20_000);
    assertThat(request.endPair(19_999)).isEqualTo(20_000);
  }

  @Test
  void refusesNamesThatGrowOutOfHand() {
    byte[] body =
        OtlpSample.request(
            NOTHING,
            NOTHING,
            record ->
                record.attribute(
                    6,
                    "n".repeat(100_000),
                    any ->
                        any.message(
                            6,
                            map -> {
                              for (int i = 0; i < 10_000; i++) {
                                map.attribute(1, "", "v");
                              }
                            })));
    assertThatThrownBy(() -> decode(body))
        .hasMessage("the attributes of the logs request are too large when flattened");
  }

  @Test
  void survivesDamage() {
    Mutations.Decoder decoder =
        body -> OtlpProtobufDecoder.decode(body, OtlpSample.mapping(), OtlpSample.NOW);
    Mutations.truncate(rich(), decoder);
    Mutations.mutate(rich(), 5000, decoder);
  }
}
