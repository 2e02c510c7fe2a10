package dev.skald.logql.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns that bring other engines to their knees take time linear in the text. */
final class HostileRegexTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|a)*b",
        "(a*)*b",
        "(a|aa)+$",
        "(.*)*(.*)*(.*)*x",
        "((((a{1,10}){1,10}){1,10}))b",
        "(?:a?){500}a{500}b",
        "(?:a{1000})*b",
        "(\\pL|\\w|.)*[^\\x00-\\x{10ffff}]"
      })
  void stepsGrowWithTheTextAndTheProgramAlone(String pattern) {
    Program program = Compiler.compile(RegexParser.parse(pattern));
    byte[] text = ("a".repeat(3000) + "c").getBytes(UTF_8);
    PikeNfa nfa = new PikeNfa(program, true);
    nfa.find(text, 0, text.length, 0, new int[program.slots]);
    assertThat(nfa.steps()).isLessThanOrEqualTo((long) program.size() * (text.length + 2));
  }

  @Test
  void anAutomatonWithTooManyStatesGivesWayToThreads() {
    // Remembers which of the last sixteen characters were an a.
    Regex regex = Regex.compile("(?:a|b)*a(?:a|b){16}c");
    StringBuilder text = new StringBuilder();
    long random = 1;
    for (int i = 0; i < 200_000; i++) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      text.append(random < 0 ? 'a' : 'b');
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    assertThat(regex.find(bytes, 0, bytes.length)).isFalse();
    bytes[bytes.length - 18] = 'a';
    bytes[bytes.length - 1] = 'c';
    assertThat(regex.find(bytes, 0, bytes.length)).isTrue();
  }

  @Test
  void manyDifferentCharactersFit() {
    StringBuilder pattern = new StringBuilder();
    for (int rune = 0x4e00; rune < 0x4e00 + 3000; rune++) {
      pattern.appendCodePoint(rune).append("?");
    }
    byte[] text = "一丁".getBytes(UTF_8);
    assertThat(Regex.compileAnchored(pattern.toString(), true).find(text, 0, text.length)).isTrue();
  }

  @Test
  void alternativesWithEverLongerCommonPrefixesFit() {
    StringBuilder pattern = new StringBuilder("a");
    for (int length = 2; length < 400; length++) {
      pattern.append('|').append("a".repeat(length));
    }
    byte[] text = "aaa".getBytes(UTF_8);
    assertThat(Regex.compileAnchored(pattern.toString(), true).find(text, 0, text.length)).isTrue();
  }
}
