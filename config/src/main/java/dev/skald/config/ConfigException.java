package dev.skald.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Holds every problem found, not only the first. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final int exitCode;

  /**
   * @param heading what was being done, ending with a colon; may be empty
   * @param exitCode of the process: 1 for a bad configuration, 2 for a bad command line
   */
  public ConfigException(String heading, List<Problem> problems, String hint, int exitCode) {
    super(text(heading, problems, hint));
    this.problems = List.copyOf(problems);
    this.exitCode = exitCode;
  }

  public List<Problem> problems() {
    return problems;
  }

  public int exitCode() {
    return exitCode;
  }

  private static String text(String heading, List<Problem> problems, String hint) {
    if (problems.size() == 1 && !heading.endsWith("errors:")) {
      return (heading.isEmpty() ? "" : heading + " ") + problems.getFirst() + hint;
    }
    String lines = problems.stream().map(p -> "  " + p).collect(Collectors.joining("\n"));
    return (heading.isEmpty() ? "" : heading + "\n") + lines + hint;
  }
}
