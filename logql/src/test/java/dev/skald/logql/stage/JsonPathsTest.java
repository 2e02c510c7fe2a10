package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JsonPathsTest {
  private final JsonPaths paths = new JsonPaths(() -> {});

  private Map<String, List<String>> of(String line) {
    return paths.of(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void namesTheKeysThatLeadToEachLabel() {
    assertThat(of("{\"9lives\":true,\"r\":{\"h\":{\"x-id\":\"1\"},\"m\":2},\"weird key!\":3}"))
        .containsExactly(
            entry("_9lives", List.of("9lives")),
            entry("r_h_x_id", List.of("r", "h", "x-id")),
            entry("r_m", List.of("r", "m")),
            entry("weird_key_", List.of("weird key!")));
  }

  @Test
  void leavesOutWhatMakesNoLabel() {
    assertThat(of("{\"a\":[1],\"b\":null,\"\":1,\"c\":1}")).containsOnlyKeys("c");
    assertThat(of("[{\"a\":1}]")).isEmpty();
    assertThat(of("words")).isEmpty();
  }

  @Test
  void unescapesKeys() {
    assertThat(of("{\"a\\tb\":1,\"\\u00fc\":2}"))
        .containsExactly(entry("a_b", List.of("a\tb")), entry("_", List.of("ü")));
  }

  @Test
  void keepsTheFirstOfTwoPathsToOneLabel() {
    assertThat(of("{\"a\":{\"b\":1},\"a_b\":2}")).containsExactly(entry("a_b", List.of("a", "b")));
  }

  @Test
  void returnsWhatStandsBeforeAMalformedPlace() {
    assertThat(of("{\"a\":1,\"b\":{\"c\":2,")).doesNotContainKey("b_c").containsKey("a");
  }

  @Test
  void takesDeepNestingAndRandomBytes() {
    assertThat(of("{\"a\":".repeat(5000) + "1" + "}".repeat(5000))).isEmpty();
    Random random = new Random(1);
    byte[] alphabet = "{}[]\":,\\u0a1 ".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] line = new byte[random.nextInt(30)];
      for (int j = 0; j < line.length; j++) {
        line[j] = alphabet[random.nextInt(alphabet.length)];
      }
      paths.of(line);
    }
  }
}
