package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static dev.skald.config.load.Loading.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.ConfigException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the text, it loads or it fails with a {@link ConfigException}. */
final class ConfigFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          resource("/wild/local-config.yaml"),
          resource("/wild/minio.yaml"),
          resource("/wild/aws.yaml"),
          resource("/wild/thanos.yaml"));
  private static final List<String> PIECES =
      List.of(
          "&a ",
          "*a",
          "<<: *a\n",
          "{",
          "}",
          "[",
          "]",
          ": ",
          "- ",
          "\n",
          "  ",
          "'",
          "\"",
          "!!int ",
          "? ",
          "|\n",
          "~",
          "0x",
          "1e999",
          "-.inf",
          ".nan",
          "${",
          "}",
          "#",
          "\t",
          "\u0000",
          "\ud800",
          "%",
          "---\n",
          "99999999999999999999",
          "http://[",
          "s3://a:%zz@b/c",
          "2024-99-99");

  @Property(tries = 500)
  void survivesAnyText(@ForAll String text) {
    check(text);
  }

  @Property(tries = 1500)
  void survivesDamagedFiles(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> text.setCharAt(at, (char) random.nextInt(32, 127));
        case 2 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 30)));
        default -> replaceAValue(text, at, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    check(text.toString());
  }

  private static void replaceAValue(StringBuilder text, int near, String piece) {
    int colon = text.indexOf(": ", near);
    int end = colon < 0 ? -1 : text.indexOf("\n", colon);
    if (end > 0) {
      text.replace(colon + 2, end, piece);
    }
  }

  private static void check(String text) {
    try {
      assertThat(load(text, "-config.expand-env").config()).isNotNull();
      ConfigPrinter.yaml(load(text).settings());
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(e.problems()).allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
    }
  }
}
