package dev.skald.logql.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegexTest {
  /** Positions of groups as Go's FindSubmatchIndex prints them; "-" for no match. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '@',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "~~0 0",
        "^abcdefg~abcdefg~0 7",
        "a+~baaab~1 4",
        "abcd..~abcdef~0 6",
        "x~y~-",
        "b~abc~1 2",
        ".~a~0 1",
        ".*~abcdef~0 6",
        "^$~~0 0",
        "^~abcde~0 0",
        "$~abcde~5 5",
        "^abcd$~abcde~-",
        "^bcd'~abcdef~-",
        "a*~baaab~0 0",
        "[a-z]+~ABCDabcd~4 8",
        "[^a-z]+~ab1234cd~2 6",
        "[日本語]+~日本語日本語~0 18",
        "日本語+~日本語~0 9",
        "()~x~0 0 0 0",
        "(a)(a)~baa~1 3 1 2 2 3",
        "(a*)(a*)~baaab~0 0 0 0 0 0",
        "(.*)~abcd~0 4 0 4",
        "(..)(..)~abcd~0 4 0 2 2 4",
        "(([^xyz]*)(d))~abcd~0 4 0 4 0 3 3 4",
        "((a|b|c)*(d))~abcd~0 4 0 4 2 3 3 4",
        "a*(|(b))c*~aacc~0 4 2 2 -1 -1",
        "(.*).*~ab~0 2 0 2",
        "(|a)*~aa~0 0 0 0",
        "(|a)+~aa~0 0 0 0",
        "(?:|a)*?$~aa~0 2",
        "a??b|a~ab~0 2",
        "(a|ab)(c|bcd)(d*)~abcd~0 4 0 1 1 4 4 4",
        "(?U)a+~aaa~0 1",
        "(?U)a+?~aaa~0 3",
        "a{2,3}?~aaaa~0 2",
        "a{2,3}~aaaa~0 3",
        "(?i)straße~STRAßE~0 7",
        "(?i)k~\u212a~0 3",
        "(?i)[^k]~\u212a~-",
        "\\bfoo\\b~a foo.~2 5",
        "\\Bo\\b~foo~2 3",
        "\\b~é~-",
        "\\pL+~1éa2~1 4",
        "\\P{Greek}~αa~2 3",
        "[[:^alpha:]]~ab1~2 3",
        "\\p{letter}\\p{^Lu}~aA.~1 3",
        "(?P<a>x)(?<b>y)?~x~0 1 0 1 -1 -1",
      })
  void findsTheLeftmostFirstMatchAndItsGroups(String pattern, String text, String expected) {
    String input = text == null ? "" : text;
    Regex regex = Regex.compile(pattern == null ? "" : pattern);
    byte[] bytes = input.getBytes(UTF_8);
    assertThat(find(regex, bytes, 0, bytes.length, 0)).isEqualTo(expected);
    assertThat(regex.find(bytes, 0, bytes.length)).isEqualTo(!expected.equals("-"));
  }

  @Test
  void linesAndTextsHaveTheirOwnAnchors() {
    byte[] text = "a\nb\n".getBytes(UTF_8);
    assertThat(find(Regex.compile("(?m)^b$"), text, 0, 4, 0)).isEqualTo("2 3");
    assertThat(find(Regex.compile("^b$"), text, 0, 4, 0)).isEqualTo("-");
    assertThat(find(Regex.compile("b\\z"), text, 0, 4, 0)).isEqualTo("-");
    assertThat(find(Regex.compile("(?m)$"), text, 0, 4, 0)).isEqualTo("1 1");
    assertThat(find(Regex.compile("a.b"), text, 0, 4, 0)).isEqualTo("-");
    assertThat(find(Regex.compile("(?s)a.b"), text, 0, 4, 0)).isEqualTo("0 3");
    assertThat(find(Regex.compile("a[^x]b"), text, 0, 4, 0)).isEqualTo("0 3");
  }

  @Test
  void aPrefixBehindTheOnlyPlaceWhereAMatchMayBeginIsNoMatch() {
    byte[] text = "aabc".getBytes(UTF_8);

    assertThat(Regex.compile("((?m:^)^a)b").find(text, 0, text.length)).isFalse();
  }

  @Test
  void invalidBytesMatchAsOneReplacementCharacterEach() {
    byte[] text = {'a', (byte) 0xf0, (byte) 0x90, (byte) 0x80, 'b', (byte) 0xc3};
    assertThat(find(Regex.compile("a...b"), text, 0, 6, 0)).isEqualTo("0 5");
    assertThat(find(Regex.compile("a..b"), text, 0, 6, 0)).isEqualTo("-");
    assertThat(find(Regex.compile("\\x{fffd}+"), text, 0, 6, 0)).isEqualTo("1 4");
    assertThat(Regex.compile("a\ufffd{3}b").find(text, 0, 6)).isTrue();
    assertThat(Regex.compile("^[^\\x{fffd}]+$").find(text, 0, 6)).isFalse();
    assertThat(Regex.compile("b.$").find(text, 0, 6)).isTrue();
    assertThat(Regex.compile("b\ufffd").find(text, 0, 6)).isTrue();
  }

  @Test
  void aSearchFromWithinTheTextSeesWhatStandsBefore() {
    byte[] text = "xxfoo foo".getBytes(UTF_8);
    assertThat(find(Regex.compile("\\bfoo"), text, 0, 9, 2)).isEqualTo("6 9");
    assertThat(find(Regex.compile("\\bfoo"), text, 2, 9, 2)).isEqualTo("2 5");
    assertThat(find(Regex.compile("^foo"), text, 0, 9, 2)).isEqualTo("-");
    assertThat(find(Regex.compile("foo$"), text, 0, 5, 2)).isEqualTo("2 5");
  }

  @Test
  void anchoredPatternsMatchTheWholeText() {
    assertThat(anchored("a|b", "ab")).isFalse();
    assertThat(anchored("a|ab", "ab")).isTrue();
    assertThat(anchored("prod-.*", "prod-1")).isTrue();
    assertThat(anchored("prod-.*", "xprod-1")).isFalse();
    assertThat(anchored(".*", "a\nb")).isTrue();
    assertThat(anchored(".+", "")).isFalse();
    assertThat(anchored(".+", "\n")).isTrue();
    assertThat(anchored(".*foo.*", "a\nfoo\n")).isTrue();
    assertThat(anchored("(?-s).*foo.*", "a\nfoo\n")).isFalse();
    assertThat(anchored("(?i)ABC", "abc")).isTrue();
    assertThat(anchored("", "")).isTrue();
    assertThat(anchored("", "a")).isFalse();
    assertThat(Regex.compileAnchored("a.b", false).find("a\nb".getBytes(UTF_8), 0, 3)).isFalse();
  }

  @Test
  void groupsHaveTheNamesOfThePattern() {
    Regex regex = Regex.compile("(a)(?P<x>b(?<y1>c))(?:d)(?P<x>e)");
    assertThat(regex.groupNames()).containsExactly("", "", "x", "y1", "x");
    assertThat(regex.groupCount()).isEqualTo(4);
  }

  private static boolean anchored(String pattern, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Regex.compileAnchored(pattern, true).find(bytes, 0, bytes.length);
  }

  static String find(Regex regex, byte[] input, int from, int to, int start) {
    int[] groups = new int[2 * (regex.groupCount() + 1)];
    if (!regex.find(input, from, to, start, groups)) {
      return "-";
    }
    StringBuilder text = new StringBuilder();
    for (int position : groups) {
      text.append(text.isEmpty() ? "" : " ").append(position);
    }
    return text.toString();
  }
}
