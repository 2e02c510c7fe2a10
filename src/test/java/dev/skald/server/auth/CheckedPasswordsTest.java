package dev.skald.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class CheckedPasswordsTest {
  private static final int MOST = 10;

  private final CheckedPasswords checked = new CheckedPasswords(MOST, new SecureRandom());

  private static Credentials.Basic basic(String password) {
    return new Credentials.Basic("name", password);
  }

  @Test
  void forgetsNoRightPasswordForWrongOnes() {
    checked.remember(basic("right"), true);
    for (int i = 0; i < 2 * MOST; i++) {
      checked.remember(basic("wrong " + i), false);
    }
    assertThat(checked.outcome(basic("right"))).contains(true);
    assertThat(checked.outcome(basic("wrong 0"))).isEmpty();
    assertThat(checked.outcome(basic("wrong " + (2 * MOST - 1)))).contains(false);
    assertThat(checked.outcome(basic("another"))).isEmpty();
  }

  @Test
  void forgetsTheRightPasswordsThatWereUsedTheLongestAgo() {
    for (int i = 0; i < MOST; i++) {
      checked.remember(basic("right " + i), true);
    }
    assertThat(checked.outcome(basic("right 0"))).contains(true);
    checked.remember(basic("one more"), true);
    assertThat(checked.outcome(basic("right 0"))).contains(true);
    assertThat(checked.outcome(basic("right 1"))).isEmpty();
  }
}
