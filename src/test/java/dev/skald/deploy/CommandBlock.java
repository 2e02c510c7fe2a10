package dev.skald.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Commands of a page, that stand in a fenced block marked {@code sh}.
 *
 * @param page the page, from the root of the project
 */
record CommandBlock(String page, String commands) {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String BEGIN = "```sh";
  private static final String END = "```";

  /** Returns the blocks of the README and of docs/, page by page, in their order. */
  static List<CommandBlock> all() throws IOException {
    return fenced(BEGIN);
  }

  /** Returns the blocks that have no mark. */
  static List<CommandBlock> unmarked() throws IOException {
    return fenced(END);
  }

  private static List<CommandBlock> fenced(String begin) throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<CommandBlock> blocks = new ArrayList<>();
    for (Path page : pages) {
      blocks.addAll(of(ROOT.relativize(page).toString(), begin, Files.readAllLines(page)));
    }
    return blocks;
  }

  private static List<CommandBlock> of(String page, String begin, List<String> lines) {
    List<CommandBlock> blocks = new ArrayList<>();
    String fence = null;
    StringBuilder commands = new StringBuilder();
    for (String line : lines) {
      if (fence == null && line.startsWith(END)) {
        fence = line;
        commands.setLength(0);
      } else if (line.equals(END)) {
        if (begin.equals(fence)) {
          blocks.add(new CommandBlock(page, commands.toString()));
        }
        fence = null;
      } else {
        commands.append(line).append('\n');
      }
    }
    return blocks;
  }

  String firstLine() {
    return commands.lines().findFirst().orElse("");
  }
}
