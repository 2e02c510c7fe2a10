package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name is there. */
final class DocumentsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern TYPE =
      Pattern.compile("`(?:[a-z]+/)*([A-Z][a-z]+[A-Za-z]*)(?:\\.[a-z]\\w*)?`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  @Test
  void everyTypeThatTheArchitectureNamesExists() throws IOException {
    Set<String> missing = new TreeSet<>();
    Matcher type = TYPE.matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")));
    Set<String> types = types();
    while (type.find()) {
      if (!types.contains(type.group(1))) {
        missing.add(type.group(1));
      }
    }

    assertThat(missing).isEmpty();
    assertThat(types).contains("Server");
  }

  @Test
  void everyLinkOfADocumentLeadsSomewhere() throws IOException {
    Set<String> broken = new TreeSet<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (!Files.exists(document.resolveSibling(link.group(1)))) {
          broken.add(ROOT.relativize(document) + " → " + link.group(1));
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  private static Set<String> types() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  private static Set<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !file.toString().contains("/target/"))
          .collect(Collectors.toSet());
    }
  }
}
