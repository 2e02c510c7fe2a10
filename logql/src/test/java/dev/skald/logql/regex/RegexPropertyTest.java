package dev.skald.logql.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random patterns on random texts, against RE2/J and among the engines. */
final class RegexPropertyTest {
  @Provide
  Arbitrary<RandomPattern> patterns() {
    return RandomPattern.any();
  }

  @Provide
  Arbitrary<String> texts() {
    return RandomPattern.texts();
  }

  /** Pieces of UTF-8, whole and broken. */
  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.of(
            "61",
            "62",
            "6b",
            "0a",
            "20",
            "c3a9",
            "e697a5",
            "f0908080",
            "c3",
            "a9",
            "e6",
            "97",
            "e697",
            "f0",
            "90",
            "f09080",
            "c0af",
            "eda080",
            "f4908080",
            "ff",
            "efbfbd")
        .list()
        .ofMaxSize(10)
        .map(parts -> HexFormat.of().parseHex(String.join("", parts)));
  }

  @Property(tries = 3000)
  void matchesWhereRe2Does(
      @ForAll("patterns") RandomPattern pattern, @ForAll("texts") String text) {
    byte[] input = text.getBytes(UTF_8);
    Matcher matcher = Pattern.compile(pattern.text()).matcher(text);
    Regex regex = Regex.compile(pattern.text());
    boolean expected = matcher.find();
    assertThat(regex.find(input, 0, input.length)).isEqualTo(expected);
    int[] groups = new int[2 * (regex.groupCount() + 1)];
    assertThat(regex.find(input, 0, input.length, 0, groups)).isEqualTo(expected);
    if (expected && !pattern.nullableLoop()) {
      assertThat(groups).isEqualTo(groups(matcher, text));
    }
  }

  @Property(tries = 1000)
  void wholeMatchesAreThoseOfRe2(
      @ForAll("patterns") RandomPattern pattern, @ForAll("texts") String text) {
    byte[] input = text.getBytes(UTF_8);
    boolean expected =
        Pattern.compile("^(?:" + pattern.text() + ")$", Pattern.DOTALL).matcher(text).find();
    assertThat(Regex.compileAnchored(pattern.text(), true).find(input, 0, input.length))
        .isEqualTo(expected);
  }

  @Property(tries = 3000)
  void allEnginesAgree(@ForAll("patterns") RandomPattern pattern, @ForAll("bytes") byte[] input) {
    int to = input.length;
    Regex regex = Regex.compile(pattern.text());
    Program program = Compiler.compile(RegexParser.parse(pattern.text()));
    int[] nfa = new int[program.slots];
    int[] backtracker = new int[program.slots];
    int[] chosen = new int[program.slots];
    for (int start : new int[] {0, to / 2}) {
      boolean found = new PikeNfa(program, true).find(input, 0, to, start, nfa);
      assertThat(new PikeNfa(program, false).find(input, 0, to, start, null)).isEqualTo(found);
      assertThat(new Backtracker(program).find(input, 0, to, start, backtracker, null))
          .isEqualTo(found);
      assertThat(new LazyDfa(program, null).test(input, 0, to, start, () -> {}))
          .isEqualTo(found ? LazyDfa.YES : LazyDfa.NO);
      assertThat(regex.find(input, 0, to, start, chosen)).isEqualTo(found);
      if (found) {
        assertThat(backtracker).isEqualTo(nfa);
        assertThat(chosen).isEqualTo(nfa);
      }
    }
    assertThat(regex.find(input, 0, to))
        .isEqualTo(new PikeNfa(program, false).find(input, 0, to, 0, null));
  }

  @Property(tries = 1000)
  void invalidBytesAreReplacementCharacters(
      @ForAll("patterns") RandomPattern pattern, @ForAll("bytes") byte[] input) {
    byte[] repaired = repair(input);
    Regex regex = Regex.compile(pattern.text());
    assertThat(regex.find(input, 0, input.length))
        .isEqualTo(regex.find(repaired, 0, repaired.length));
  }

  private static int[] groups(Matcher matcher, String text) {
    int[] groups = new int[2 * (matcher.groupCount() + 1)];
    for (int i = 0; i <= matcher.groupCount(); i++) {
      groups[2 * i] = bytes(text, matcher.start(i));
      groups[2 * i + 1] = bytes(text, matcher.end(i));
    }
    return groups;
  }

  private static int bytes(String text, int position) {
    return position < 0 ? -1 : text.substring(0, position).getBytes(UTF_8).length;
  }

  /** Replaces each byte that begins no character by U+FFFD. */
  private static byte[] repair(byte[] input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < input.length) {
      int width = 1;
      while (width <= 4 && !isCharacter(input, at, at + width)) {
        width++;
      }
      boolean valid = width <= 4;
      out.writeBytes(valid ? Arrays.copyOfRange(input, at, at + width) : "\ufffd".getBytes(UTF_8));
      at += valid ? width : 1;
    }
    return out.toByteArray();
  }

  private static boolean isCharacter(byte[] input, int from, int to) {
    if (to > input.length) {
      return false;
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(input, from, to - from)).toString();
      return text.codePointCount(0, text.length()) == 1;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
