package dev.skald.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '%',
      value = {
        "application/json | application/json",
        "Application/JSON | application/json",
        "% application/json ; charset=utf-8% | application/json",
        "application/json;charset=\"utf-8\" | application/json",
        "application/json; a=\"x;y\\\"z\"; b=c | application/json",
        "application/json; | application/json",
        "application/x-protobuf;proto=logproto.PushRequest | application/x-protobuf",
        "text | text",
      })
  void ignoresParametersAndCase(String header, String type) throws Exception {
    assertThat(MediaType.parse(header)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '%',
      value = {
        "%% | mime: no media type",
        "%  % | mime: no media type",
        "/// | mime: no media type",
        "; charset=utf-8 | mime: no media type",
        "text/ | mime: expected token after slash",
        "text/plain plain | mime: unexpected content after media type",
        "application/json; charset | mime: invalid media parameter",
        "application/json; =utf-8 | mime: invalid media parameter",
        "application/json; charset= | mime: invalid media parameter",
        "application/json; charset=\"utf-8 | mime: invalid media parameter",
        "application/json; charset=a b | mime: invalid media parameter",
      })
  void saysWhatIsNoType(String header, String message) {
    assertThatThrownBy(() -> MediaType.parse(header))
        .isInstanceOf(DecodeException.class)
        .hasMessage(message);
  }
}
