package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OtlpJsonTranscoderTest {
  private static final String RICH =
      """
      {"resourceLogs":[{"x":1,
        "scopeLogs":[{
          "logRecords":[{
            "timeUnixNano":"1795140000000000000","observedTimeUnixNano":1795140000000000009,
            "severityNumber":17,"severityText":"ERROR","eventName":"event",
            "attributes":[
              {"key":"http.status","value":{"intValue":"500"}},
              {"key":"nested","value":{"kvlistValue":{"values":[
                {"key":"a","value":{"boolValue":true}},
                {"value":{"kvlistValue":{"values":[{"key":"c","value":{"stringValue":"d\\n"}}]}},
                 "key":"b"}]}}},
              {"key":"arr","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":1}]}}},
              {"key":"double","value":{"doubleValue":1.5}},
              {"key":"bytes","value":{"bytesValue":"AQL/"}}],
            "droppedAttributesCount":4,"flags":4294967295,
            "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",
            "body":{"stringValue":"otlp \\u00fc line"}}],
          "scope":{"name":"sc","version":"1.0","droppedAttributesCount":2,
            "attributes":[{"key":"in.scope","value":{"stringValue":"yes"}}]},
          "schemaUrl":"u"}],
        "resource":{"droppedAttributesCount":3,"attributes":[
          {"key":"service.name","value":{"stringValue":"otel"}},
          {"key":"custom.attr","value":{"intValue":"-7"}}]}}]} rest\
      """;

  private static List<String> decode(String json) throws DecodeException {
    byte[] message = OtlpJsonTranscoder.transcode(json.getBytes(UTF_8));
    return Decoded.entries(
        OtlpProtobufDecoder.decode(message, OtlpSample.mapping(), OtlpSample.NOW));
  }

  /** A request of one record with these members. */
  private static String record(String members) {
    return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{" + members + "}]}]}]}";
  }

  private static String line(String value) throws DecodeException {
    String entry = decode(record("\"timeUnixNano\":1,\"body\":" + value)).getFirst();
    return entry.substring("{} 1 ".length(), entry.length() - " []".length());
  }

  @Test
  void saysTheSameAsProtobuf() throws Exception {
    byte[] protobuf =
        OtlpSample.request(
            resource ->
                resource
                    .attribute(1, "service.name", "otel")
                    .attribute(1, "custom.attr", any -> any.varint(3, -7)),
            scope ->
                scope.text(1, "sc").text(2, "1.0").attribute(3, "in.scope", "yes").varint(4, 2),
            record ->
                record
                    .fixed64(1, 1795140000000000000L)
                    .fixed64(11, 1795140000000000009L)
                    .varint(2, 17)
                    .text(3, "ERROR")
                    .message(5, any -> any.text(1, "otlp ü line"))
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
                                            1,
                                            "b",
                                            v -> v.message(6, m -> m.attribute(1, "c", "d\n")))))
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
                    .attribute(6, "double", any -> any.fixed64(4, Double.doubleToLongBits(1.5)))
                    .attribute(6, "bytes", any -> any.bytes(7, new byte[] {1, 2, (byte) 0xFF}))
                    .varint(7, 4)
                    .fixed32(8, -1)
                    .bytes(9, HexFormat.of().parseHex("5b8efff798038103d269b633813fc60c"))
                    .bytes(10, HexFormat.of().parseHex("eee19b7ec3c1b174")));
    assertThat(decode(RICH))
        .isEqualTo(
            Decoded.entries(
                OtlpProtobufDecoder.decode(protobuf, OtlpSample.mapping(), OtlpSample.NOW)))
        .hasSize(1)
        .first()
        .asString()
        .contains("bytes=AQL/", "double=1.5", "flags=4294967295", "nested_b_c=d\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "null", "{}", "{\"resourceLogs\":null}", "{\"resourceLogs\":[{}]}"})
  void readsARequestWithoutRecords(String json) throws Exception {
    assertThat(decode(json)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "{\"stringValue\":\"\"} ~ %%",
        "null ~ %%",
        "{} ~ %%",
        "{\"boolValue\":false} ~ false",
        "{\"intValue\":\"-9223372036854775808\"} ~ -9223372036854775808",
        "{\"doubleValue\":\"NaN\"} ~ NaN",
        "{\"doubleValue\":1e21} ~ 1e+21",
        "{\"arrayValue\":{}} ~ []",
        "{\"arrayValue\":{\"values\":null}} ~ []",
        "{\"arrayValue\":{\"values\":[{\"arrayValue\":{\"values\":[{}]}}]}} ~ [[null]]",
        "{\"kvlistValue\":{\"values\":[{\"key\":\"z\",\"value\":{\"intValue\":1}},{\"key\":\"a\"}]}}"
            + " ~ {\"a\":null,\"z\":1}",
        "{\"stringValue\":null} ~ %%",
        "{\"bytesValue\":\"/w==\"} ~ /w==",
      })
  void readsEveryKindOfValue(String value, String line) throws Exception {
    assertThat(line(value)).isEqualTo(line);
  }

  @Test
  void takesNullForWhatIsNotThere() throws Exception {
    assertThat(
            decode(
                record(
                    """
                    "timeUnixNano":null,"observedTimeUnixNano":5,"severityNumber":null,
                    "severityText":null,"flags":null,"traceId":null,"spanId":"",
                    "attributes":null,"droppedAttributesCount":null,"body":{"intValue":null}\
                    """)))
        .containsExactly("{} 5  []");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "\"timeUnixNano\":\"x\" ~ timeUnixNano: want an integer, got \"x\"",
        "\"timeUnixNano\":1.5 ~ timeUnixNano: want an integer, got \"1.5\"",
        "\"timeUnixNano\":18446744073709551616 ~ timeUnixNano: want an integer, got"
            + " \"18446744073709551616\"",
        "\"traceId\":\"xyz\" ~ traceId: want hexadecimal digits, got \"xyz\"",
        "\"spanId\":\"abc\" ~ spanId: want hexadecimal digits, got \"abc\"",
        "\"body\":{\"boolValue\":\"true\"} ~ boolValue: want true or false, got \"true\"",
        "\"body\":{\"bytesValue\":\"*\"} ~ bytesValue: want base64, got \"*\"",
        "\"body\":{\"doubleValue\":\"x\"} ~ doubleValue: want a number, got \"x\"",
        "\"body\":{\"stringValue\":5} ~ stringValue: want a string, got '5' at byte 69",
      })
  void tellsWhatIsWrong(String members, String message) {
    assertThatThrownBy(() -> decode(record(members)))
        .isInstanceOf(DecodeException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "{bad ~ ReadObject: expect \" after {, but found b, error found in #2 byte",
        "[] ~ ReadObject: expect { or , or } or n, but found [, error found in #1 byte",
        "hello ~ ReadObject: expect { or , or } or n, but found h, error found in #1 byte",
        "{\"a\" 1} ~ ReadObject: expect : after object field, but found 1",
        "{\"a\":1 5} ~ ReadObject: expect { or , or } or n, but found 5",
        "{\"a\":1,b} ~ ReadString: expects \" or n, but found b",
        "{\"resourceLogs\":{}} ~ ReadArray: expect [ or , or ] or n, but found {",
        "{\"resourceLogs\":[{} 5]} ~ ReadArray: expect [ or , or ] or n, but found 5",
        "{\"resourceLogs\":[5]} ~ ReadObject: expect { or , or } or n, but found 5",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"scope\":5}]}]} ~ ReadObject: expect { or , or } or"
            + " n",
      })
  void rejectsWhatIsNoRequestInLokisWords(String json, String message) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(DecodeException.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith("|..., bigger context ...|" + json + "|...");
  }

  @Test
  void nestsNoDeeperThanItMay() {
    String array = "{\"arrayValue\":{\"values\":[".repeat(1000);
    assertThatThrownBy(() -> line(array)).hasMessageContaining("nested more than 64 deep");
    String map = "{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":".repeat(1000);
    assertThatThrownBy(() -> line(map)).hasMessageContaining("nested more than 64 deep");
  }

  @Test
  void survivesDamage() {
    byte[] valid = RICH.getBytes(UTF_8);
    Mutations.Decoder decoder =
        body ->
            OtlpProtobufDecoder.decode(
                OtlpJsonTranscoder.transcode(body), OtlpSample.mapping(), OtlpSample.NOW);
    Mutations.truncate(valid, decoder);
    Mutations.mutate(valid, 5000, decoder);
  }
}
