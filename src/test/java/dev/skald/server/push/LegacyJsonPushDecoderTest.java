package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.distributor.PushRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LegacyJsonPushDecoderTest {
  private static final String RICH =
      """
      {"streams":[{"labels":"{app=\\"x\\"}","y":1,"entries":[
        {"ts":"2026-11-23T11:10:27.123456789Z","line":"a \\t b","structuredMetadata":{"a":"b"}},
        {"line":"later","ts":"2026-11-23T12:10:27+01:00","z":[]}]}]}\
      """;

  private static PushRequest decode(String body) throws DecodeException {
    return LegacyJsonPushDecoder.decode(body.getBytes(UTF_8));
  }

  @Test
  void readsStreamsEntriesAndMetadata() throws Exception {
    assertThat(Decoded.entries(decode(RICH)))
        .containsExactly(
            "{app=\"x\"} 1795432227123456789 a \t b [a=b]",
            "{app=\"x\"} 1795432227000000000 later []");
  }

  @Test
  void readsTheNewFormAsAStreamWithoutEntries() throws Exception {
    PushRequest request =
        decode("{\"streams\":[{\"stream\":{\"app\":\"a\"},\"values\":[[\"1\",\"x\"]]}]}");
    assertThat(Decoded.labels(request)).containsExactly("{}");
    assertThat(request.entries()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "{\"streams\":null}", "{\"streams\":[]}"})
  void readsAPushWithoutStreams(String body) throws Exception {
    assertThat(decode(body).streams()).isZero();
  }

  @Test
  void passesOverNull() throws Exception {
    assertThat(decode("{\"streams\":[{\"labels\":\"{}\",\"entries\":null}]}").entries()).isZero();
    assertThat(
            Decoded.entries(
                decode("{\"streams\":[{\"entries\":[{\"structuredMetadata\":null}]}]}")))
        .containsExactly("{} 0  []");
  }

  @ParameterizedTest
  @CsvSource({"2026-11-23", "'1795432227'", "9999-01-01T00:00:00Z", "''"})
  void rejectsWhatIsNoTime(String time) {
    assertThatThrownBy(() -> decode("{\"streams\":[{\"entries\":[{\"ts\":\"" + time + "\"}]}]}"))
        .isInstanceOf(DecodeException.class)
        .hasMessage("streams[].entries[].ts: want a time as RFC 3339, got \"" + time + "\"");
  }

  @Test
  void saysEofToNothing() {
    assertThatThrownBy(() -> decode("")).hasMessage("EOF");
  }

  @Test
  void survivesDamage() {
    byte[] valid = RICH.getBytes(UTF_8);
    Mutations.truncate(valid, LegacyJsonPushDecoder::decode);
    Mutations.mutate(valid, 3000, LegacyJsonPushDecoder::decode);
  }
}
