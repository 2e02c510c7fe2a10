package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.distributor.LabelParser.Pair;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabelParserTest {
  private static String parse(byte[] text) throws LabelParseException {
    return LabelParser.parse(text).stream()
        .map(pair -> pair.name() + "=" + pair.value())
        .collect(Collectors.joining("|"));
  }

  private static String parse(String text) throws LabelParseException {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "{} ~ %%",
        "{ } ~ %%",
        "{a=\"b\"} ~ a=b",
        "{a=\"b\",} ~ a=b",
        "{a=\"b\", c=\"d\"} ~ a=b|c=d",
        "{ a = \"b\" ,c=\"d\" }  ~ a=b|c=d",
        "{a='b', c=`d`} ~ a=b|c=d",
        "{\"ut.f8\"=\"x\"} ~ ut.f8=x",
        "{\"metric\", a=\"b\"} ~ __name__=metric|a=b",
        "up{a=\"b\"} ~ __name__=up|a=b",
        "up:5m{a=\"b\"} ~ __name__=up:5m|a=b",
        "up ~ __name__=up",
        "{a=\"1\", a=\"2\"} ~ a=1|a=2",
        "{a=\"\"} ~ a=",
        "{a=\"ü日😀\"} ~ a=ü日😀",
        "{a=`\\n`} ~ a=\\n",
      })
  void readsWhatPrometheusReads(String text, String expected) throws Exception {
    assertThat(parse(text)).isEqualTo(expected);
  }

  @Test
  void undoesEscapes() throws Exception {
    assertThat(parse("{a=\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\\x41\\101\\u00fc\\U0001F600\"}"))
        .isEqualTo("a=\u0007\b\f\n\r\t\u000b\\\"AAü😀");
  }

  @Test
  void keepsTheOrderAndTheRepeatsOfNames() throws Exception {
    assertThat(LabelParser.parse("{b=\"1\",a=\"2\",b=\"3\"}".getBytes(StandardCharsets.UTF_8)))
        .containsExactly(new Pair("b", "1"), new Pair("a", "2"), new Pair("b", "3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "{bad-name=\"v\"} ~ 1:5: parse error: unexpected character inside braces: '-'",
        "{a.b=\"v\"} ~ 1:3: parse error: unexpected character inside braces: '.'",
        "{1a=\"v\"} ~ 1:2: parse error: unexpected character inside braces: '1'",
        "{ü=\"v\"} ~ 1:2: parse error: unexpected character inside braces: 'ü'",
        "{=\"v\"} ~ 1:2: parse error: unexpected \"=\" in label set, expected identifier or \"}\"",
        "{,} ~ 1:2: parse error: unexpected \",\" in label set, expected identifier or \"}\"",
        "app=\"x\" ~ 1:4: parse error: unexpected \"=\"",
        "{app=\"ab\" ~ 1:10: parse error: unexpected end of input inside braces",
        "{ ~ 1:2: parse error: unexpected end of input inside braces",
        "%% ~ 1:1: parse error: unexpected end of input",
        "{a} ~ 1:3: parse error: unexpected \"}\" in label set, expected \"=\"",
        "{a=b} ~ 1:4: parse error: unexpected identifier \"b\" in label set, expected string",
        "{a!=\"b\"} ~ 1:3: parse error: unexpected <op:!=> in label set, expected \"=\"",
        "{a=\"b\" c=\"d\"} ~ 1:8: parse error: unexpected identifier \"c\" in label set, expected"
            + " \",\" or \"}\"",
        "{a=\"b\"} x ~ 1:9: parse error: unexpected identifier \"x\"",
        "{a=\"b} ~ 1:4: parse error: unterminated quoted string",
        "{a=`b} ~ 1:4: parse error: unterminated raw string",
        "{a=\"\\q\"} ~ 1:4: parse error: unknown escape sequence U+0071 'q'",
        "{a=\"\\'\"} ~ 1:4: parse error: unknown escape sequence U+0027 '''",
        "{a=\"\\xg0\"} ~ 1:4: parse error: illegal character U+0067 'g' in escape sequence",
        "{a=\"\\ud800\"} ~ 1:4: parse error: escape sequence is an invalid Unicode code point",
        "{a=\"\\UFFFFFFFF\"} ~ 1:4: parse error: escape sequence is an invalid Unicode code point",
        "{a=\"\\777\"} ~ 1:4: parse error: escape sequence is an invalid Unicode code point",
      })
  void tellsWhereATextIsNoLabelSet(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(LabelParseException.class)
        .hasMessage(message);
  }

  @Test
  void rejectsMatchers() {
    assertThatThrownBy(() -> parse("{a=~\"b\"}"))
        .hasMessage("1:3: parse error: unexpected <op:=~> in label set, expected \"=\"");
  }

  @Test
  void countsLines() {
    assertThatThrownBy(() -> parse("{a=\"b\",\n c-d=\"e\"}"))
        .hasMessage("2:3: parse error: unexpected character inside braces: '-'");
  }

  @Test
  void rejectsMalformedUtf8InAString() {
    byte[] text = "{a=\"b?\"}".getBytes(StandardCharsets.UTF_8);
    text[5] = (byte) 0xFF;
    assertThatThrownBy(() -> parse(text)).hasMessage("1:4: parse error: invalid UTF-8 rune");
  }

  @Test
  void takesAByteThatLooksLikeMinusOneForNoEnd() {
    byte[] text = {'{', (byte) 0xFF};
    assertThatThrownBy(() -> parse(text)).hasMessageContaining("unexpected character");
  }

  @Test
  void rejectsEveryPrefixOfALabelSet() throws Exception {
    String text = "{a=\"b\\n\\u00fc\", \"c d\"='e', f=`g`}";
    byte[] whole = text.getBytes(StandardCharsets.UTF_8);
    parse(whole);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> parse(cut)).isInstanceOf(LabelParseException.class);
    }
  }

  @Test
  void survivesArbitraryBytes() {
    Random random = new Random(1);
    byte[] alphabet = "{}=,\"'`\\ abux0_:!~\n".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] text = new byte[random.nextInt(24)];
      for (int i = 0; i < text.length; i++) {
        boolean known = random.nextInt(10) > 0;
        text[i] = known ? alphabet[random.nextInt(alphabet.length)] : (byte) random.nextInt();
      }
      try {
        LabelParser.parse(text);
      } catch (LabelParseException e) {
        assertThat(e.getMessage()).contains(": parse error: ");
      }
    }
  }
}
