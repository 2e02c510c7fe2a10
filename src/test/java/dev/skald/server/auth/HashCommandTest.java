package dev.skald.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HashCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String input, String... arguments) {
    return HashCommand.run(
        List.of(arguments),
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  @Test
  void hashesAPassword() {
    assertThat(run("secret\n")).isZero();
    PasswordHash hash = PasswordHash.parse(out.toString(UTF_8).strip());
    assertThat(hash.matches("secret")).isTrue();
    assertThat(hash.iterations()).isGreaterThanOrEqualTo(600_000);
  }

  @Test
  void hashesAToken() {
    assertThat(run("t0ken", "-token")).isZero();
    assertThat(out.toString(UTF_8).strip()).isEqualTo(TokenHash.of("t0ken").text());
  }

  @Test
  void tellsHowItIsUsed() {
    assertThat(run("", "-what")).isEqualTo(2);
    assertThat(run("")).isEqualTo(1);
    assertThat(run("\n")).isEqualTo(1);
    assertThat(out.size()).isZero();
    assertThat(err.toString(UTF_8)).contains("usage: skald hash-password").contains("nothing");
  }
}
