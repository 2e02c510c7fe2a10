package dev.skald.ruler.rules;

import java.util.List;
import java.util.stream.Collectors;

/** Rules that cannot be used. Holds every problem found, not only the first. */
public final class InvalidRulesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<RuleProblem> problems;
  private final boolean readable;

  /**
   * @param readable whether the text was read, and what it says is wrong
   */
  InvalidRulesException(List<RuleProblem> problems, boolean readable) {
    super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
    this.readable = readable;
  }

  public List<RuleProblem> problems() {
    return problems;
  }

  /** Whether the text is YAML of the right form, so that only what it says is wrong. */
  public boolean isReadable() {
    return readable;
  }
}
