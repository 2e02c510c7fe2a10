package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.distributor.PushRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonPushDecoderTest {
  private static final String RICH =
      """
      {"streams":[{"stream":{"app":"a\\u00fc\\"","env":"p","n":5},"x":[{"y":null}],
        "values":[["1795431552000000000","log \\ud83d\\ude00 line",{"trace_id":"t1","k":"v"}],
                  ["-1","",{},true], null]},
       {"values":[],"stream":{}}], "extra":{"a":[1,2.5e3,true]}} rest\
      """;

  private static PushRequest decode(String body) throws DecodeException {
    return JsonPushDecoder.decode(body.getBytes(UTF_8));
  }

  private static List<String> entries(String body) throws DecodeException {
    return Decoded.entries(decode(body));
  }

  /** A push of one entry with this as the elements of its array. */
  private static String entry(String elements) {
    return "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[" + elements + "]]}]}";
  }

  @Test
  void readsStreamsEntriesAndMetadata() throws Exception {
    assertThat(entries(RICH))
        .containsExactly(
            "{app=\"aü\\\"\", env=\"p\", n=\"5\"} 1795431552000000000 log 😀 line"
                + " [trace_id=t1, k=v]",
            "{app=\"aü\\\"\", env=\"p\", n=\"5\"} -1  []");
    assertThat(Decoded.labels(decode(RICH))).hasSize(2).contains("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "{\"n\":123} ~ {n=\"123\"}",
        "{\"n\":null} ~ {n=\"null\"}",
        "{\"n\":true} ~ {n=\"true\"}",
        "{\"n\":{\"a\": [1]}} ~ {n=\"{\\\"a\\\": [1]}\"}",
        "{\"b\":\"2\",\"a\":\"1\"} ~ {a=\"1\", b=\"2\"}",
        "{\"a\":\"1\",\"a\":\"2\"} ~ {a=\"2\"}",
        "{\"a\":\"\\n\\\\\"} ~ {a=\"\\n\\\\\"}",
        "{\"a.b\":\"c\"} ~ {a.b=\"c\"}",
        "{\"\":\"v\"} ~ {=\"v\"}",
      })
  void printsLabelsAsALabelSet(String labels, String text) throws Exception {
    assertThat(Decoded.labels(decode("{\"streams\":[{\"stream\":" + labels + "}]}")))
        .containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "null", "{\"streams\":[]}", "{\"streams\":null}", "{\"x\":1}", " {} "})
  void readsAPushWithoutStreams(String body) throws Exception {
    assertThat(decode(body).streams()).isZero();
  }

  @Test
  void readsStreamsInAnyCase() throws Exception {
    assertThat(decode("{\"Streams\":[{},{\"values\":null}]}").streams()).isEqualTo(2);
  }

  @Test
  void readsLabelsThatFollowTheirValues() throws Exception {
    assertThat(entries("{\"streams\":[{\"values\":[[\"1\",\"x\"]],\"stream\":{\"a\":\"b\"}}]}"))
        .containsExactly("{a=\"b\"} 1 x []");
  }

  @Test
  void readsEntriesWithoutALine() throws Exception {
    assertThat(entries(entry("\"7\""))).containsExactly("{a=\"b\"} 7  []");
    assertThat(entries(entry(""))).containsExactly("{a=\"b\"} 0  []");
  }

  @Test
  void keepsBytesThatAreNoUtf8() throws Exception {
    byte[] body = entry("\"1\",\"x?\"").getBytes(UTF_8);
    body[body.length - 7] = (byte) 0xFE;
    PushRequest request = JsonPushDecoder.decode(body);
    int start = request.lineStart(0);
    assertThat(request.bytes()[start + 1]).isEqualTo((byte) 0xFE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "1795140000000000000,\"x\" ~ Value looks like Number/Boolean/None, but can't find its end:"
            + " ',' or '}' symbol",
        "\"abc\",\"x\" ~ Value looks like Number/Boolean/None, but can't find its end: ',' or '}'"
            + " symbol",
        "\"\",\"x\" ~ Value looks like Number/Boolean/None, but can't find its end: ',' or '}'"
            + " symbol",
        "\"1.5\",\"x\" ~ Value looks like Number/Boolean/None, but can't find its end: ',' or '}'"
            + " symbol",
        "\"+1\",\"x\" ~ Value looks like Number/Boolean/None, but can't find its end: ',' or '}'"
            + " symbol",
        "\"99999999999999999999\",\"x\" ~ Value looks like Number/Boolean/None, but can't find its"
            + " end: ',' or '}' symbol",
        "\"1\",5 ~ Value is string, but can't find closing '\"' symbol",
        "\"1\",null ~ Value is string, but can't find closing '\"' symbol",
        "\"1\",\"x\",null ~ Value looks like object, but can't find closing '}' symbol",
        "\"1\",\"x\",\"m\" ~ Value looks like object, but can't find closing '}' symbol",
        "\"1\",\"x\",{\"k\":1} ~ Value is string, but can't find closing '\"' symbol",
        "\"1\",\"x\",{\"k\":{}} ~ Value is string, but can't find closing '\"' symbol",
      })
  void tellsWhatIsWrongWithAnEntry(String elements, String message) {
    assertThatThrownBy(() -> decode(entry(elements)))
        .isInstanceOf(DecodeException.class)
        .hasMessageStartingWith(
            "loghttp.PushRequest.Streams: []loghttp.LogProtoStream: unmarshalerDecoder: "
                + message
                + ", error found in #10 byte of ...|");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "hello ~ readObjectStart: expect { or n, but found h, error found in #1 byte of"
            + " ...|hello|..., bigger context ...|hello|...",
        "{ ~ loghttp.PushRequest.readFieldHash: expect \", but found \0, error found in #1 byte of"
            + " ...|{|..., bigger context ...|{|...",
        "{\"a\" 1} ~ loghttp.PushRequest.readFieldHash: expect :, but found 1, error found in #6"
            + " byte of ...|{\"a\" 1}|..., bigger context ...|{\"a\" 1}|...",
        "{\"a\":x} ~ loghttp.PushRequest.Skip: do not know how to skip: 120, error found in #6 byte"
            + " of ...|{\"a\":x}|..., bigger context ...|{\"a\":x}|...",
        "{\"a\":1] ~ loghttp.PushRequest.isObjectEnd: object ended prematurely, unexpected char ],"
            + " error found in #7 byte of ...|{\"a\":1]|..., bigger context ...|{\"a\":1]|...",
        "{\"Streams\":{}} ~ loghttp.PushRequest.Streams: []loghttp.LogProtoStream: decode slice:"
            + " expect [ or n, but found {, error found in #10 byte of ...|Streams\":{}}|...,"
            + " bigger context ...|{\"Streams\":{}}|...",
      })
  void tellsWhatIsWrongWithTheRequest(String body, String message) {
    assertThatThrownBy(() -> decode(body)).hasMessage(message);
  }

  @Test
  void tellsOfBadSyntaxBeforeValuesOfTheWrongType() {
    assertThatThrownBy(() -> decode("{\"streams\":[{\"values\":[[1,\"x\"]],\"stream\":"))
        .hasMessageStartingWith(
            "loghttp.PushRequest.Streams: []loghttp.LogProtoStream: Skip: do not know how to skip:"
                + " 0, error found in #10 byte of ...|,\"stream\":|");
  }

  @Test
  void saysInItsOwnWordsWhatIsWrongAfterAnEscape() {
    assertThatThrownBy(() -> decode(entry("\"1\",\"a\\nb\",{\"k\":1}")))
        .hasMessage("streams[].values[][2]: want a string, got '1' at byte 59");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "[]",
        "{",
        "{\"streams\":[{\"stream\":null}]}",
        "{\"streams\":[null]}",
        "{\"streams\":[{\"stream\":{\"app\":\"a\"},\"values\":[[\"1\",",
        "{\"streams\":[{\"values\":{}}]}",
        "{\"streams\":[{\"values\":[5]}]}",
        "{\"streams\":{}}",
        "{\"streams\":[,]}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"streams\":[{\"stream\":{\"a\":\"\\x\"}}]}",
        "{\"streams\":[{\"stream\":{\"a\":\"\\u12\"}}]}",
      })
  void rejectsWhatIsNoPush(String body) {
    assertThatThrownBy(() -> decode(body)).isInstanceOf(DecodeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t"})
  void saysEofToNothing(String body) {
    assertThatThrownBy(() -> decode(body)).hasMessage("EOF");
  }

  @Test
  void saysWhatStandsInPlaceOfAnObject() {
    assertThatThrownBy(() -> decode("\ufeff{}"))
        .hasMessageStartingWith(
            "readObjectStart: expect { or n, but found \ufffd, error found in #1 ");
  }

  @Test
  void rejectsDeepNestingOfWhatItSkips() {
    String deep = "{\"x\":" + "[".repeat(100_000);
    assertThatThrownBy(() -> decode(deep)).hasMessageContaining("nested more than");
  }

  @Test
  void survivesDamage() {
    byte[] valid = RICH.getBytes(UTF_8);
    Mutations.truncate(valid, JsonPushDecoder::decode);
    Mutations.mutate(valid, 5000, JsonPushDecoder::decode);
  }
}
