package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvExpansionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("A", "hello", "PATHS", "/a/b/c.txt", "EMPTY", "", "UP", "ABC");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "${A}; hello",
        "x${A}y${A}; xhelloyhello",
        "${NONE}|; |",
        "${NONE:-def}; def",
        "${EMPTY:-def}; def",
        "${A:-def}; hello",
        "${NONE:=def}; def",
        "${NONE=def}; def",
        "${NONE:?def}; def",
        "${NONE:+def}; def",
        "${NONE:-${A}}; hello",
        "${NONE:-${NOT:-deep}}; deep",
        "${NONE:def}; def",
        "${NONE:http://x}; http://x",
        "${A:def}; hello",
        "${A:1}; ello",
        "${A:1:3}; ell",
        "${A:9}|; |",
        "${UP,}; aBC",
        "${UP,,}; abc",
        "${A^}; Hello",
        "${A^^}; HELLO",
        "${#A}; 5",
        "${#NONE}; 0",
        "${PATHS#*/}; a/b/c.txt",
        "${PATHS##*/}; c.txt",
        "${PATHS%/*}; /a/b",
        "${PATHS%%/*}|; |",
        "${A/l/L}; heLlo",
        "${A//l/L}; heLLo",
        "${A/#he/HE}; HEllo",
        "${A/%lo/LO}; helLO",
        "$A; $A",
        "$$A; $A",
        "$${A}; ${A}",
        "a\\\\b; a\\b",
        "a\\/b; a/b",
        "a\\nb; a\\nb",
        "{$}; {$}",
      })
  void expands(String text, String expanded) {
    assertThat(EnvExpansion.expand(text, ENVIRONMENT)).isEqualTo(expanded);
  }

  @ParameterizedTest
  @CsvSource({
    "${A, missing closing brace",
    "${A:-x, missing closing brace",
    "${}, unable to parse variable name",
    "${-A}, unable to parse variable name",
    "${A@Q}, bad substitution",
    "${A b}, bad substitution",
    "${, unable to parse variable name",
  })
  void refuses(String text, String message) {
    assertThatThrownBy(() -> EnvExpansion.expand("\n" + text, ENVIRONMENT))
        .isInstanceOfSatisfying(
            EnvExpansion.Malformed.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${A:-", "${#", "${A/", "${A:"})
  void refusesNestingWithoutEnd(String part) {
    assertThatThrownBy(() -> EnvExpansion.expand(part.repeat(10_000), ENVIRONMENT))
        .isInstanceOf(EnvExpansion.Malformed.class);
  }

  @Test
  void expandsAFileOnlyWhenAsked() {
    String text = "server: {http_listen_port: ${PORT}}";

    assertThat(load(text, "-config.expand-env=true").config().server().http().port())
        .isEqualTo(4100);
    assertThatThrownBy(() -> load(text)).hasMessageContaining("Use `-config.expand-env=true` flag");
    assertThatThrownBy(() -> load("a: ${", "-config.expand-env"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("failed parsing config: t.yaml: line 1: unable to parse variable name");
  }
}
