package dev.skald.logql.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A search that takes long can be left in the middle of its text. */
final class PausedSearchTest {
  /** So many states that neither a table nor a stack can hold what is known of a text. */
  private static final String HEAVY = "(?:[ab]*a[ab]{600}c)";

  private final AtomicInteger pauses = new AtomicInteger();

  private static byte[] text(int length) {
    Random random = new Random(3);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) (random.nextBoolean() ? 'a' : 'b');
    }
    return text;
  }

  private void stopAtThird() {
    if (pauses.incrementAndGet() == 3) {
      throw new IllegalStateException("enough");
    }
  }

  @Test
  void aTestOfALongTextPauses() {
    byte[] text = text(100_000);
    Regex regex = Regex.compile(HEAVY);
    assertThat(regex.find(text, 0, text.length, pauses::incrementAndGet)).isFalse();
    // Some hundred instructions a byte.
    assertThat(pauses.get()).isGreaterThan(100);
  }

  @Test
  void aTestEndsAtThePauseThatThrows() {
    byte[] text = text(100_000);
    Regex regex = Regex.compile(HEAVY);
    assertThatThrownBy(() -> regex.find(text, 0, text.length, this::stopAtThird))
        .hasMessage("enough");
    assertThat(pauses).hasValue(3);
    // What was left behind does no harm to the next.
    assertThat(regex.find(text, 0, 1_000)).isFalse();
  }

  @Test
  void theSearchForGroupsPauses() {
    String pattern = "(?P<x>[ab]*)(?P<y>a[ab]{300})$";
    byte[] text = text(100_000);
    Regex regex = Regex.compile(pattern);
    int[] groups = new int[2 * (regex.groupCount() + 1)];
    text[text.length - 301] = 'a';
    assertThat(regex.find(text, 0, text.length, 0, groups, pauses::incrementAndGet)).isTrue();
    assertThat(pauses.get()).isGreaterThan(100);
  }

  @Test
  void aShortTextIsSearchedWithoutAPause() {
    byte[] text = "GET /api/v1/query 200".getBytes(StandardCharsets.UTF_8);
    Regex regex = Regex.compile("GET /(\\w+)/");
    for (int i = 0; i < 1_000; i++) {
      assertThat(regex.find(text, 0, text.length, pauses::incrementAndGet)).isTrue();
    }
    assertThat(pauses).hasValue(0);
  }
}
