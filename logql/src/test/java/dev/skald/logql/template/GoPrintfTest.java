package dev.skald.logql.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verbs and flags of Go's fmt package. */
final class GoPrintfTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          "|%5s|%-5s|%.2s|" "ab" "cd" "héx" ⇒ |   ab|cd   |hé|
          "%s %v %q %x %X" "a" "b" "c\\n" "hi" "hi" ⇒ a b "c\\n" 6869 6869
          "%d %5d|%-5d|%05d %+d % d" 1 2 3 42 5 6 ⇒ 1     2|3    |00042 +5  6
          "%05d %.3d %x %X %#x %o %O %b" -42 7 255 255 255 8 8 5 ⇒ -0042 007 ff FF 0xff 10 0o10 101
          "%c %q %U %#U" 97 97 233 233 ⇒ a 'a' U+00E9 U+00E9 'é'
          "%.2f %6.2f| %f %e %g %G" 3.14159 3.14159 1.5 1234.5 1e21 1e-7 ⇒ 3.14   3.14| 1.500000 1.234500e+03 1e+21 1E-07
          "%.3g %.0f %08.3f %+.1f %.1f" 1234.5 2.5 -3.14159 1.0 0.25 ⇒ 1.23e+03 2 -003.142 +1.0 0.2
          "%+v %+v %+5v|" 1 2.5 3 ⇒ 1 2.5     3|
          "%+q %+q %q" "hé🚀\\x00" 233 "é" ⇒ "h\\u00e9\\U0001f680\\x00" '\\u00e9' "é"
          "%t %v" true false ⇒ true false
          "%d %s %f" "5" 5 5 ⇒ %!d(string=5) %!s(int=5) %!f(int=5)
          "%d" 1.5 ⇒ %!d(float64=1.5)
          "%d %d" 1 ⇒ 1 %!d(MISSING)
          "%d" 1 2 "x" ⇒ 1%!(EXTRA int=2, string=x)
          "%z %!" 1 ⇒ %!z(int=1) %!!(MISSING)
          "100%%" ⇒ 100%
          "%" ⇒ %!(NOVERB)
          "%[2]s %[1]s" "a" "b" ⇒ b a
          "%[3]s" "a" ⇒ %!s(BADINDEX)
          "%*d|%-*d|" 4 1 4 2 ⇒ \s  1|2   |
          "%v %s %d" now.Month now.Month now.Month ⇒ November November 11
          "%T %T %T %T" 1 "s" 1.5 now ⇒ int string float64 time.Time
          "%v %d" (fromJson "[1,null]") (fromJson "[1]") ⇒ [1 <nil>] [%!d(float64=1)]
          "%v %s" nil nil ⇒ <nil> %!s(<nil>)
          "%6.2f|%-8v|%8v" 1.0 true nil ⇒ \s 1.00|true    |   <nil>
          "%x" "" ⇒ \s
          "% x %#x" "ab" "ab" ⇒ 61 62 0x6162
          """)
  void formats(String arguments, String expected) {
    String printed = FakeEntry.sample().format("{{printf " + arguments + "}}");
    assertThat(printed.strip()).isEqualTo(expected == null ? "" : expected.strip());
  }
}
