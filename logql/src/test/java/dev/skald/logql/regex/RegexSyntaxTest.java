package dev.skald.logql.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Malformed patterns get Go's words; well-formed ones get Go's trees. */
final class RegexSyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '@',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "(~missing closing ): `(`",
        "(abc~missing closing ): `(abc`",
        "a(b|c~missing closing ): `a(b|c`",
        "abc)~unexpected ): `abc)`",
        "a)b(~unexpected ): `a)b(`",
        "*~missing argument to repetition operator: `*`",
        "+?a~missing argument to repetition operator: `+?`",
        "a|*~missing argument to repetition operator: `*`",
        "(?:+)~missing argument to repetition operator: `+`",
        "{2}~missing argument to repetition operator: `{2}`",
        "\\Q\\E*~missing argument to repetition operator: `*`",
        "a**~invalid nested repetition operator: `**`",
        "a*+b~invalid nested repetition operator: `*+`",
        "a??+~invalid nested repetition operator: `??+`",
        "a{2}{3}~invalid nested repetition operator: `{2}{3}`",
        "a{1001}~invalid repeat count: `{1001}`",
        "a{2,1}~invalid repeat count: `{2,1}`",
        "a{99999999999}?~invalid repeat count: `{99999999999}`",
        "(a{100}){100}~invalid repeat count: `{100}`",
        "((((((((((x{2}){2}){2}){2}){2}){2}){2}){2}){2}){2})~invalid repeat count: `{2}`",
        "[~missing closing ]: `[`",
        "x[a-z~missing closing ]: `[a-z`",
        "[]~missing closing ]: `[]`",
        "[a-~missing closing ]: `[a-`",
        "[[:alpha:]~missing closing ]: `[[:alpha:]`",
        "[z-a]~invalid character class range: `z-a`",
        "[[:foo:]]~invalid character class range: `[:foo:]`",
        "\\pX~invalid character class range: `\\pX`",
        "\\p{Foo}b~invalid character class range: `\\p{Foo}`",
        "\\p{Foo~invalid character class range: `\\p{Foo`",
        "\\p~invalid character class range: `\\p`",
        "[a-\\d]~invalid escape sequence: `\\d`",
        "abc\\~trailing backslash at end of expression: ``",
        "\\x~invalid escape sequence: `\\x`",
        "\\xa~invalid escape sequence: `\\xa`",
        "\\xzz~invalid escape sequence: `\\xzz`",
        "\\x{}~invalid escape sequence: `\\x{}`",
        "\\x{110000}~invalid escape sequence: `\\x{110000`",
        "\\x{12~invalid escape sequence: `\\x{12`",
        "\\8~invalid escape sequence: `\\8`",
        "\\1~invalid escape sequence: `\\1`",
        "\\C~invalid escape sequence: `\\C`",
        "\\Zx~invalid escape sequence: `\\Z`",
        "\\é~invalid escape sequence: `\\é`",
        "(?=a)~invalid or unsupported Perl syntax: `(?=`",
        "(?!a)~invalid or unsupported Perl syntax: `(?!`",
        "(?<=a)~invalid named capture: `(?<=a)`",
        "(?>a)~invalid or unsupported Perl syntax: `(?>`",
        "(?i~invalid or unsupported Perl syntax: `(?i`",
        "(?~invalid or unsupported Perl syntax: `(?`",
        "(?i-)a~invalid or unsupported Perl syntax: `(?i-)`",
        "(?i--s)a~invalid or unsupported Perl syntax: `(?i--`",
        "(?P=n)~invalid or unsupported Perl syntax: `(?P`",
        "(?P<>a)~invalid named capture: `(?P<>`",
        "(?P<x y>a)~invalid named capture: `(?P<x y>`",
        "(?<n~invalid named capture: `(?<n`",
        "(?P<é>a)~invalid named capture: `(?P<é>`",
      })
  void malformedPatternsGetTheWordsOfGo(String pattern, String message) {
    assertThatThrownBy(() -> Regex.compile(pattern))
        .isInstanceOf(RegexSyntaxException.class)
        .hasMessage("error parsing regexp: " + message);
  }

  @Test
  void anchoredPatternsAreQuotedAsTheUserWroteThem() {
    assertThatThrownBy(() -> Regex.compileAnchored("(", true))
        .hasMessage("error parsing regexp: missing closing ): `(`");
    assertThatThrownBy(() -> Regex.compileAnchored("a)(b", true))
        .hasMessage("error parsing regexp: unexpected ): `a)(b`");
  }

  @Test
  void halfOfASurrogatePairIsNotUtf8() {
    assertThatThrownBy(() -> Regex.compile("ab\ud800c"))
        .hasMessage("error parsing regexp: invalid UTF-8: `\ud800c`");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "(".repeat(1001) + "a" + ")".repeat(1001);
    assertThatThrownBy(() -> Regex.compile(deep))
        .hasMessage("error parsing regexp: expression nests too deeply: `" + deep + "`");
    String within = "(".repeat(990) + "a" + ")".repeat(990);
    assertThat(Regex.compile(within).groupCount()).isEqualTo(990);
    String unclosed = "(".repeat(200_000);
    assertThatThrownBy(() -> Regex.compile(unclosed)).hasMessageContaining("missing closing )");
  }

  @Test
  void largePatternsAreRefused() {
    String manyClasses = "\\pL".repeat(27_000);
    assertThatThrownBy(() -> Regex.compile(manyClasses))
        .hasMessage("error parsing regexp: expression too large: `" + manyClasses + "`");
    String manyCopies = "(?:" + "xy.".repeat(2_000) + "){1000}";
    assertThatThrownBy(() -> Regex.compile(manyCopies)).hasMessageContaining("too large");
    assertThatThrownBy(() -> Regex.compile("(\\pL{1000}){1000}"))
        .hasMessage("error parsing regexp: invalid repeat count: `{1000}`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "abc~Literal[abc]",
        "a|b|cd~Alternate[CharClass[a-b], Literal[cd]]",
        "abc|abd~Concat[Literal[ab], CharClass[c-d]]",
        "foo|foobar~Concat[Literal[foo], Alternate[Empty, Literal[bar]]]",
        "foo(bar|baz)~Concat[Literal[foo], Capture[Concat[Literal[ba], CharClass[rz]]]]",
        "ABC|ABD|AEF|BCX|BCY~Alternate[Concat[Literal[A], Alternate[Concat[Literal[B],"
            + " CharClass[C-D]], Literal[EF]]], Concat[Literal[BC], CharClass[X-Y]]]",
        "a(?:b.c)d~Concat[Literal[a], Literal[b], Dot, Literal[c], Literal[d]]",
        "x(?:ab)c~Literal[xabc]",
        "ab*~Concat[Literal[a], Star[Literal[b]]]",
        "[a]b~Literal[ab]",
        "[Aa]b~Concat[FoldedLiteral[A], Literal[b]]",
        "(?i)foo~FoldedLiteral[FOO]",
        "a|~Alternate[Literal[a], Empty]",
        "[^\\n]~Dot",
        ".|\\n~AnyChar",
        "\\Qa.b\\Ec*~Concat[Literal[a.b], Star[Literal[c]]]",
        "a{,2}~Literal[a{,2}]",
        "a{01}~Literal[a{01}]",
        "\\x{41}\\101\\x41\\_~Literal[AAA_]",
        "[]a-]~CharClass[\\x{2d}\\x{5d}a]",
        "[.a]b|[.a]c~Concat[CharClass[.a], CharClass[b-c]]",
        "a|a~Literal[a]",
      })
  void treesHaveTheShapeOfGo(String pattern, String tree) {
    assertThat(show(RegexParser.parse(pattern))).isEqualTo(tree);
  }

  private static String show(Node node) {
    return switch (node) {
      case Node.Literal literal -> literal.toString();
      case Node.CharClass(RuneSet set) -> "CharClass" + set;
      case Node.AnyCharNotNewline _ -> "Dot";
      case Node.Empty _, Node.AnyChar _ -> node.getClass().getSimpleName();
      default ->
          node.getClass().getSimpleName()
              + node.parts().stream().map(RegexSyntaxTest::show).toList();
    };
  }
}
