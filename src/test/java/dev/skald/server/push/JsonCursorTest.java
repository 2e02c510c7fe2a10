package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonCursorTest {
  private static JsonCursor cursor(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return new JsonCursor(bytes, bytes.length);
  }

  private static String string(String json) throws DecodeException {
    JsonCursor cursor = cursor(json);
    cursor.string("here");
    return cursor.text();
  }

  private static String raw(String json) throws DecodeException {
    JsonCursor cursor = cursor(json);
    cursor.raw("here");
    return cursor.text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "\"\" ~ %%",
        "\"a\" ~ a",
        "\"\\\"\\\\\\/\" ~ \"\\/",
        "\"\\u00fc\\u65e5\" ~ ü日",
        "\"\\ud83d\\ude00x\" ~ 😀x",
        "\"\\ud83dx\" ~ \ufffdx",
        "\"\\ude00x\" ~ \ufffdx",
        "\"\\ud83d\\u0041\" ~ \ufffdA",
        "\"\\ud83d\\n\" ~ %\ufffd\n%",
        "\"\\ud83d\\ud83d\\ude00\" ~ \ufffd😀",
      })
  void unescapesStringsWhereTheyStand(String json, String text) throws Exception {
    assertThat(string(json)).isEqualTo(text);
  }

  @Test
  void unescapesWhatJacksonEscapes() throws Exception {
    ObjectMapper jackson = new ObjectMapper();
    Random random = new Random(3);
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : 0x11000);
        text.appendCodePoint(Character.getType(codePoint) == Character.SURROGATE ? 7 : codePoint);
      }
      assertThat(string(jackson.writeValueAsString(text.toString()))).isEqualTo(text.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "\"abc ~ here: want the end of a string, got the end of the body at byte 4",
        "\"abc\\ ~ here: invalid escape in a string at byte 4",
        "\"\\q\" ~ here: invalid escape in a string at byte 2",
        "\"\\u00g0\" ~ here: invalid \\u escape in a string at byte 5",
        "\"\\u00 ~ here: invalid \\u escape in a string at byte 5",
        "5 ~ here: want a string, got '5' at byte 0",
        "%% ~ here: want a string, got the end of the body at byte 0",
      })
  void tellsWhereAStringIsMalformed(String json, String message) {
    assertThatThrownBy(() -> string(json)).isInstanceOf(DecodeException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-1.5e+3",
        "true",
        "null",
        "\"a\\\"b\"",
        "[]",
        "[1, 2]",
        "{}",
        "{\"a\" : [ { } ]}"
      })
  void takesAnyValueAsItStands(String json) throws Exception {
    assertThat(raw(" " + json + " ,x")).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "]",
        "[1",
        "[1 2]",
        "[1,]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "x",
        "tru",
        "[nulls]",
        "\"a",
        "\"\\"
      })
  void rejectsWhatIsNoValue(String json) {
    assertThatThrownBy(() -> raw(json)).isInstanceOf(DecodeException.class);
  }

  @Test
  void walksOverMembersAndElements() throws Exception {
    JsonCursor cursor = cursor("{\"a\":[1,2],\"b\\n\":null} rest");
    StringBuilder seen = new StringBuilder();
    cursor.expect('{', "here");
    for (boolean first = true; cursor.nextKey(first, "here"); first = false) {
      seen.append(cursor.text()).append('=');
      if (cursor.takeNull()) {
        seen.append("null");
        continue;
      }
      cursor.expect('[', "here");
      for (boolean one = true; cursor.nextElement(one, "here"); one = false) {
        cursor.raw("here");
        seen.append(cursor.text()).append(' ');
      }
    }
    assertThat(seen).hasToString("a=1 2 b\n=null");
    assertThat(cursor.peek()).isEqualTo('r');
  }

  @Test
  void nestsNoDeeperThanItMay() throws Exception {
    assertThat(raw("[".repeat(500) + "]".repeat(500))).hasSize(1000);
    assertThatThrownBy(() -> raw("[{\"a\":".repeat(1000)))
        .hasMessage("here: nested more than 512 deep");
  }

  @Test
  void showsBytesAboveAsciiAsTheyAre() {
    assertThat(cursor("ü").peek()).isEqualTo(0xC3);
    assertThat(cursor(" ").peek()).isEqualTo(-1);
  }
}
