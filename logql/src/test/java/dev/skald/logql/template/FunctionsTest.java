package dev.skald.logql.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of logql.md §13.5, family by family. */
final class FunctionsTest {
  private final FakeEntry entry = FakeEntry.sample();

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          {{ToLower "HÉL"}} ⇒ hél
          {{ToUpper .u}} ⇒ HÉLLO
          {{lower "ABC"}}{{upper "abc"}} ⇒ abcABC
          {{title "it's"}} ⇒ It'S
          {{title "foo-bar baz_qux 1abc élan"}} ⇒ Foo-Bar Baz_qux 1abc Élan
          {{Replace "aaa" "a" "b" 2}} ⇒ bba
          {{Replace "aaa" "a" "b" -1}} ⇒ bbb
          {{Replace "aaa" "a" "b" 0}} ⇒ aaa
          {{Replace "hé" "" "-" -1}} ⇒ -h-é-
          {{Replace "hé" "" "-" 2}} ⇒ -h-é
          {{replace "e" "3" .b}} ⇒ h3llo
          {{.b | replace "l" "L"}} ⇒ heLLo
          {{Trim "éxxé" "é"}} ⇒ xx
          {{TrimLeft "xxhixx" "x"}} ⇒ hixx
          {{TrimRight "xxhixx" "x"}} ⇒ xxhi
          {{trimAll "x" "xxhixx"}} ⇒ hi
          {{TrimPrefix "xxhi" "x"}} ⇒ xhi
          {{trimPrefix "x" "xxhi"}} ⇒ xhi
          {{TrimSuffix "hixx" "x"}} ⇒ hix
          {{trimSuffix "x" "hixx"}} ⇒ hix
          |{{TrimSpace "\\u00a0 \\tx\\n\\u2003"}}|{{trim " y "}}| ⇒ |x|y|
          {{contains "ll" .b}} {{contains "z" .b}} ⇒ true false
          {{hasPrefix "he" .b}} {{hasSuffix "lo" .b}} ⇒ true true
          |{{indent 2 "a"}}|{{indent 0 "b"}}| ⇒ |  a|b|
          {{repeat 3 "ab"}}|{{repeat 0 "x"}}| ⇒ ababab||
          {{trunc 2 .b}} {{trunc -2 .b}} {{trunc 9 .b}} {{trunc -9 .b}} ⇒ he lo hello hello
          {{trunc 2 .u}} ⇒ h\uFFFD
          {{substr 1 3 .b}} {{substr -1 2 .b}} {{substr 2 -1 .b}} {{substr 2 99 .b}} ⇒ el he llo llo
          |{{alignLeft 7 .u}}|{{alignLeft 3 .u}}|{{alignLeft -1 .u}}| ⇒ |héllo  |hél|héllo|
          |{{alignRight 7 .u}}|{{alignRight 4 .u}}| ⇒ |  héllo|éllo|
          {{.nope | default "x"}} {{default "x" 0}} {{default "x" "0"}} {{default "d"}} ⇒ x x 0 d
          {{default "x" false}} {{default "x" (fromJson "[]")}} {{default "x" (fromJson "{")}} ⇒ x x x
          """)
  void stringFunctions(String template, String expected) {
    assertThat(entry.format(template)).isEqualTo(expected);
  }

  @Test
  void indentsEveryLine() {
    assertThat(entry.format("{{indent 2 \"a\\nb\\n\"}}")).isEqualTo("  a\n  b\n  ");
    assertThat(entry.format("{{nindent 1 \"a\\nb\"}}")).isEqualTo("\n a\n b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          {{regexReplaceAll "(l+)(o)" .b "$2-$1"}} ⇒ heo-ll
          {{regexReplaceAll "(?P<name>l+)" .b "[$name|${name}|$0|${1}]"}} ⇒ he[ll|ll|ll|ll]o
          {{regexReplaceAll "(l)" .b "$1x"}} ⇒ heo
          {{regexReplaceAll "a*" "baaac" "X"}} ⇒ XbXcX
          {{regexReplaceAll "l" .b "$$"}} ⇒ he$$o
          {{regexReplaceAll "l" .b "$"}} ⇒ he$$o
          {{regexReplaceAll "l" .b "${1"}} ⇒ he${1${1o
          {{regexReplaceAll "é" .u "e"}} ⇒ hello
          {{regexReplaceAllLiteral "(l)" .b "$1"}} ⇒ he$1$1o
          {{count "l" .b}} {{count "" "abc"}} {{count "a*" "baaac"}} ⇒ 2 4 3
          """)
  void regexFunctions(String template, String expected) {
    assertThat(entry.format(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          {{urlencode "a b&c=d/é~-_."}} ⇒ a+b%26c%3Dd%2F%C3%A9~-_.
          {{urldecode "a+b%26c%C3%A9"}} ⇒ a b&cé
          {{b64enc .b}} ⇒ aGVsbG8=
          {{b64dec "aGVsbG8="}} ⇒ hello
          {{b64dec "!!"}} ⇒ illegal base64 data at input byte 0
          {{b64dec "aGVsbG8"}} ⇒ illegal base64 data at input byte 4
          {{b64dec "aGVsbG8=="}} ⇒ illegal base64 data at input byte 8
          {{b64dec "aG=v"}} ⇒ illegal base64 data at input byte 3
          {{b64dec "a==="}} ⇒ illegal base64 data at input byte 1
          {{fromJson "{\\"x\\":[1,2.5,\\"s\\",null,true]}"}} ⇒ map[x:[1 2.5 s <nil> true]]
          {{(fromJson "{\\"b\\":{\\"c\\":\\"\\u00e9\\"}}").b.c}} ⇒ é
          {{fromJson "{bad"}} {{fromJson ""}} {{fromJson "1 2"}} ⇒ <no value> <no value> <no value>
          {{(fromJson "{}").x}} {{(fromJson "bad").x}} ⇒ <no value> <no value>
          {{fromJson "1e6"}} {{fromJson "true"}} {{fromJson "\\"s\\""}} ⇒ 1e+06 true s
          {{index (fromJson "[1,[2,3]]") 1 0}} ⇒ 2
          """)
  void encodingFunctions(String template, String expected) {
    assertThat(entry.format(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          {{bytes "3 MB"}} {{bytes "1KB"}} {{bytes "1 MiB"}} {{bytes "1,024"}} {{bytes ".5kB"}} ⇒ 3e+06 1000 1.048576e+06 1024 500
          {{duration "1m30s"}} {{duration_seconds "1h30m"}} {{duration "-1.5ms"}} ⇒ 90 5400 -0.0015
          {{int .a}} {{int .d}} {{int "1e3"}} {{int .e}} {{int .f}} ⇒ 5 2 0 0 -7
          {{int "0x10"}} {{int "0b11"}} {{int "0o17"}} {{int "017"}} {{int "08"}} ⇒ 16 3 15 15 0
          {{int "2."}} {{int "-3.7"}} {{int " 5"}} {{int "9223372036854775808"}} {{int true}} ⇒ 2 -3 0 0 1
          {{float64 .d}} {{float64 "1_0"}} {{float64 "Inf"}} {{float64 .e}} ⇒ 2.9 10 +Inf 0
          {{add}} {{add 1}} {{add 1 2 3}} {{add .a .d}} ⇒ 0 1 6 7
          {{mul 3}} {{mul 3 4}} {{sub 1 3}} {{div 7 2}} {{div -7 2}} {{mod -7 2}} {{mod 7 -2}} ⇒ 3 12 -2 3 -3 -1 1
          {{addf 0.1 0.2}} {{addf}} {{subf 1 0.9}} {{mulf 1.5 3}} {{divf 10 4}} {{divf 5 3}} ⇒ 0.3 0 0.1 4.5 2.5 1.6666666666666667
          {{addf .e 1.5}} ⇒ 1.5
          {{max 1 7 3}} {{min 5 2 9}} {{maxf 1.5 2}} {{minf "1.5" 2}} ⇒ 7 2 2 1.5
          {{round 2.5 0}} {{round -2.5 0}} {{round 1.235 2}} {{round 2.4 0}} {{round 2.4 0 0.3}} ⇒ 3 -3 1.24 2 3
          {{round 1250 -2}} {{round 7.25 1}} {{round 5 0}} {{round -5 0}} {{round -2.4 0}} {{round .e 1}} ⇒ 1300 7.3 5 -5 -3 0
          {{ceil 5}} {{floor -5}} {{ceil "2.1"}} {{floor .e}} {{ceil -0.5}} ⇒ 5 -5 3 0 -0
          {{ceil 2.1}} {{ceil -3.7}} {{floor 2.9}} {{floor -3.7}} ⇒ 3 -3 2 -4
          """)
  void numberFunctions(String template, String expected) {
    assertThat(entry.format(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          {{now}} ⇒ 2026-11-23 12:00:00.5 +0000 UTC
          {{now.Year}} {{now.Month}} {{now.Weekday}} {{now.Unix}} ⇒ 2026 November Monday 1795435200
          {{__timestamp__.Unix}} {{__timestamp__.Format "15:04"}} ⇒ 1795433781 11:36
          {{date "2006-01-02T15:04:05.000Z07:00" __timestamp__}} ⇒ 2026-11-23T11:36:21.123Z
          {{date "Jan _2 15:04:05 MST Mon" 0}} ⇒ Jan  1 00:00:00 UTC Thu
          {{date "2006" "1999"}} ⇒ 2026
          {{date "Monday January 1 01 2 02 __2 002 3 03 PM pm 06 -07 -0700 Z0700 .999" 3600}}| ⇒ Thursday January 1 01 1 01   1 001 1 01 AM am 70 +00 +0000 Z |
          {{toDate "2006-01-02" "2024-02-29"}} ⇒ 2024-02-29 00:00:00 +0000 UTC
          {{toDate "2006-01-02" "2023-02-29"}} ⇒ 0001-01-01 00:00:00 +0000 UTC
          {{toDate "2006-01-02" "x"}} ⇒ 0001-01-01 00:00:00 +0000 UTC
          {{toDate "2006-01-02T15:04:05Z07:00" "2024-01-02T03:04:05.678+02:00"}} ⇒ 2024-01-02 03:04:05.678 +0200 +0200
          {{toDate "Jan 2, 2006 at 3:04pm (MST)" "Feb 3, 2013 at 7:54pm (PST)"}} ⇒ 2013-02-03 19:54:00 +0000 PST
          {{toDateInZone "2006-01-02" "Europe/Berlin" "2024-07-01"}} ⇒ 2024-07-01 00:00:00 +0200 CEST
          {{toDateInZone "2006-01-02" "No/Where" "2024-07-01"}} ⇒ 2024-07-01 00:00:00 +0000 UTC
          {{unixEpoch __timestamp__}} {{unixEpochMillis __timestamp__}} {{unixEpochNanos __timestamp__}} ⇒ 1795433781 1795433781123 1795433781123456789
          {{unixToTime "1679577215"}} {{unixToTime "19000"}} ⇒ 2023-03-23 13:13:35 +0000 UTC 2022-01-08 00:00:00 +0000 UTC
          {{unixToTime "1679577215123"}} ⇒ 2023-03-23 13:13:35.123 +0000 UTC
          {{unixToTime "1679577215123456"}} ⇒ 2023-03-23 13:13:35.123456 +0000 UTC
          {{unixToTime "1679577215123456789" | date "15:04:05.000000000"}} ⇒ 13:13:35.123456789
          {{(now.Sub __timestamp__).Minutes | printf "%.1f"}} {{now.Sub __timestamp__}} ⇒ 23.7 23m39.376543211s
          {{(now.Add 1000000000).Second}} {{(now.AddDate 0 1 -1).Format "2006-01-02"}} ⇒ 1 2026-12-22
          {{now.After __timestamp__}} {{now.IsZero}} {{eq now.Month 11}} ⇒ true false true
          """)
  void timeFunctions(String template, String expected) {
    assertThat(entry.format(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          {{div .a 0}} ⇒ 1:2 <div .a 0> error calling div: runtime error: integer divide by zero
          {{mod 1 .e}} ⇒ 1:2 <mod 1 .e> error calling mod: runtime error: integer divide by zero
          {{divf 1 0}} ⇒ 1:2 <divf 1 0> error calling divf: decimal division by 0
          {{addf "Inf"}} ⇒ 1:2 <addf "Inf"> error calling addf: Cannot create a Decimal from +Inf
          {{repeat -1 "x"}} ⇒ 1:2 <repeat -1 "x"> error calling repeat: strings: negative Repeat count
          {{substr 9 10 .b}} ⇒ 1:2 <substr 9 10 .b> error calling substr: runtime error: slice bounds out of range [9:5]
          {{substr 3 1 .b}} ⇒ 1:2 <substr 3 1 .b> error calling substr: runtime error: slice bounds out of range [3:1]
          {{substr -1 99 .b}} ⇒ 1:2 <substr -1 99 .b> error calling substr: runtime error: slice bounds out of range [:99] with length 5
          {{urldecode "a%zz"}} ⇒ 1:2 <urldecode "a%zz"> error calling urldecode: invalid URL escape "%zz"
          {{bytes "1e3"}} ⇒ 1:2 <bytes "1e3"> error calling bytes: unhandled size name: e3
          {{bytes ""}} ⇒ 1:2 <bytes ""> error calling bytes: strconv.ParseFloat: parsing "": invalid syntax
          {{bytes "99EB"}} ⇒ 1:2 <bytes "99EB"> error calling bytes: too large: 99EB
          {{duration "abc"}} ⇒ 1:2 <duration "abc"> error calling duration: time: invalid duration "abc"
          {{duration "5"}} ⇒ 1:2 <duration "5"> error calling duration: time: missing unit in duration "5"
          {{duration "1d"}} ⇒ 1:2 <duration "1d"> error calling duration: time: unknown unit "d" in duration "1d"
          {{unixToTime "123"}} ⇒ 1:2 <unixToTime "123"> error calling unixToTime: unable to parse time '123': %!w(<nil>)
          {{unixToTime "abc"}} ⇒ 1:2 <unixToTime "abc"> error calling unixToTime: unable to parse time 'abc': strconv.ParseInt: parsing "abc": invalid syntax
          {{regexReplaceAll "(" .b ""}} ⇒ 1:2 <regexReplaceAll "(" .b ""> error calling regexReplaceAll: error parsing regexp: missing closing ): `(`
          {{now 1}} ⇒ 1:2 <now> wrong number of args for now: want 0 got 1
          {{sub 1}} ⇒ 1:2 <sub> wrong number of args for sub: want 2 got 1
          {{round 1}} ⇒ 1:2 <round> wrong number of args for round: want at least 2 got 1
          {{repeat .a "x"}} ⇒ 1:9 <.a> wrong type for value; expected int; got string
          {{upper 5}} ⇒ 1:8 <5> expected string; found 5
          {{repeat "x" "y"}} ⇒ 1:9 <"x"> expected integer; found "x"
          {{trunc (add 1 2) .b}} ⇒ 1:15 <2> wrong type for value; expected int; got int64
          {{upper (fromJson "x")}} ⇒ 1:18 <"x"> invalid value; expected string
          """)
  void failures(String template, String where) {
    assertThatThrownBy(() -> entry.format(template))
        .isInstanceOf(TemplateException.class)
        .hasMessage(expectedFailure(template, where));
  }

  private static String expectedFailure(String template, String expected) {
    int open = expected.indexOf('<');
    return "template: line:"
        + expected.substring(0, open).strip()
        + ": executing \"line\" at "
        + expected.substring(open).replaceFirst("> (?=[a-z])", ">: ");
  }

  @Test
  void linesGoThroughUntouched() {
    byte[] line = {'a', (byte) 0xFF, (byte) 0xC3, 'b', 0};
    TemplateOutput out = new TemplateOutput();
    Template.compile("line", "<{{__line__}}>").execute(entry.withLine(line), out);
    assertThat(out.toByteArray()).containsExactly(60, 97, 0xFF, 0xC3, 98, 0, 62);
    assertThat(entry.format("{{len __line__}}")).isEqualTo("5");
  }

  @Test
  void truncationCutsCodePoints() {
    TemplateOutput out = new TemplateOutput();
    Template.compile("line", "{{trunc 2 .u}}").execute(entry, out);
    assertThat(out.toByteArray()).containsExactly(0x68, 0xC3);
  }
}
