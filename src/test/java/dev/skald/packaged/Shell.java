package dev.skald.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end. */
final class Shell {
  private static final int LONGEST_SECONDS = 240;

  private Shell() {}

  /** What a program has printed, on both ways out, and its exit status. */
  record Outcome(int status, String output) {}

  static Outcome run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    Path output = Files.createTempFile("skald-test", ".out");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroyForcibly().waitFor();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    if (!ended) {
      throw new AssertionError(command + " does not end:\n" + text);
    }
    return new Outcome(process.exitValue(), text);
  }

  /** Runs a program that must succeed, and returns what it has printed. */
  static String expectSuccess(Path directory, String... command)
      throws IOException, InterruptedException {
    Outcome outcome = run(directory, Map.of(), List.of(command));
    if (outcome.status() != 0) {
      throw new AssertionError(
          List.of(command) + " got " + outcome.status() + ":\n" + outcome.output());
    }
    return outcome.output();
  }
}
