package dev.skald.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The launcher of an unpacked archive does what needs no server. */
final class VerifyConfigTest {
  @Test
  void findsTheExampleInOrder() throws Exception {
    Shell.Outcome outcome =
        Shell.run(
            Image.make().home(),
            Map.of(),
            List.of("bin/skald", "-verify-config", "-config.file=config/example.yaml"));

    assertThat(outcome.status()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("config is valid");
  }

  @Test
  void saysWhichKeyNobodyKnows() throws Exception {
    Shell.Outcome outcome =
        Shell.run(
            Image.make().home(),
            Map.of(),
            List.of("bin/skald", "-verify-config", "-config.file=docs/tutorial/rules.yaml"));

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).contains("field groups not found");
  }
}
