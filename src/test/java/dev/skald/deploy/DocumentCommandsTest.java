package dev.skald.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.skald.testing.RunningServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the documents do what they say, each page with a server of its own;
 * docs/testing.md lists those that are not run here, and why.
 */
final class DocumentCommandsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern EXCEPTION =
      Pattern.compile("^\\| \\[\\w+]\\(([^)]+)\\) \\| `([^`]+)` \\|", Pattern.MULTILINE);

  @TempDir Path directory;

  /** A page with the first line of a block of it. */
  private record Excepted(String page, String firstLine) {}

  private static List<Excepted> exceptions() throws IOException {
    Path list = ROOT.resolve("docs/testing.md");
    List<Excepted> exceptions = new ArrayList<>();
    Matcher row = EXCEPTION.matcher(Files.readString(list));
    while (row.find()) {
      Path page = ROOT.relativize(list.resolveSibling(row.group(1)).normalize());
      exceptions.add(new Excepted(page.toString(), row.group(2)));
    }
    return exceptions;
  }

  private static boolean isException(List<Excepted> exceptions, CommandBlock block) {
    return exceptions.contains(new Excepted(block.page(), block.firstLine()));
  }

  @TestFactory
  Stream<DynamicTest> everyPage() throws IOException {
    List<Excepted> exceptions = exceptions();
    Map<String, List<CommandBlock>> pages =
        CommandBlock.all().stream()
            .filter(block -> !isException(exceptions, block))
            .collect(
                Collectors.groupingBy(CommandBlock::page, LinkedHashMap::new, Collectors.toList()));
    assertThat(pages).containsKeys("README.md", "docs/push.md", "docs/query.md");
    return pages.entrySet().stream()
        .map(page -> dynamicTest(page.getKey(), () -> run(page.getKey(), page.getValue())));
  }

  private void run(String page, List<CommandBlock> blocks) throws Exception {
    Path own = Files.createDirectories(directory.resolve(page.replace('/', '-')));
    try (RunningServer server = RunningServer.start(own)) {
      for (CommandBlock block : blocks) {
        String output = run(own, block.commands(), server.port());

        // A query that finds nothing has succeeded, but shows nobody anything.
        assertThat(output).as(block.commands()).doesNotContain("\"result\":[]");
      }
    }
  }

  /** Runs a block as a careful user would, who looks at the status of each answer. */
  private static String run(Path own, String commands, int port) throws Exception {
    Files.writeString(
        own.resolve(".curlrc"), "silent\nshow-error\nfail-with-body\nmax-time = 30\n");
    File output = own.resolve("output").toFile();
    String script = commands.replace("localhost:3100", "127.0.0.1:" + port);
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
            .directory(own.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    bash.environment().put("CURL_HOME", own.toString());
    int status = bash.start().waitFor();
    String text = Files.readString(output.toPath());
    assertThat(status).as(commands + text).isZero();
    return text;
  }

  @Test
  void noCommandStandsInABlockWithoutAMark() throws IOException {
    Pattern command = Pattern.compile("(?m)^(curl|bin/|docs/|docker|kubectl|helm|mvn|git) ?");

    assertThat(CommandBlock.unmarked())
        .isNotEmpty()
        .noneMatch(block -> command.matcher(block.commands()).find());
  }

  @Test
  void everyExceptionIsABlockOfItsPage() throws IOException {
    List<Excepted> blocks =
        CommandBlock.all().stream().map(b -> new Excepted(b.page(), b.firstLine())).toList();

    assertThat(exceptions()).isNotEmpty().isSubsetOf(blocks).doesNotHaveDuplicates();
  }
}
