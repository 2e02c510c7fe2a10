package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every source is formatted as {@code bin/format} does it. */
final class FormatTest {

  @Test
  void everySourceIsFormatted() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--dry-run"));
    Path root = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .map(Path::toString)
          .filter(file -> file.endsWith(".java") && file.contains("/src/"))
          .filter(file -> !file.contains("/target/"))
          .forEach(arguments::add);
    }
    StringWriter unformatted = new StringWriter();
    StringWriter errors = new StringWriter();

    ToolProvider.findFirst("google-java-format")
        .orElseThrow()
        .run(
            new PrintWriter(unformatted, true),
            new PrintWriter(errors, true),
            arguments.toArray(String[]::new));

    assertThat(errors.toString()).isEmpty();
    assertThat(unformatted.toString()).as("run bin/format").isEmpty();
    assertThat(arguments).hasSizeGreaterThan(100);
  }
}
