package dev.skald.config.load;

import dev.skald.config.ConfigException;
import dev.skald.config.Notice;
import dev.skald.config.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with a file, and what the operator should know of it. */
final class Findings {
  private static final int MOST_PROBLEMS = 200;

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final Set<String> noticed = new HashSet<>();

  Findings(String file) {
    this.file = file;
  }

  void problem(int line, String message) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(file, line, message));
    }
  }

  /** Notes once a key that has no effect. */
  void notice(int line, String path, String message) {
    note(false, line, path, message);
  }

  void warning(int line, String path, String message) {
    note(true, line, path, message);
  }

  List<Notice> notices() {
    return List.copyOf(notices);
  }

  boolean clean() {
    return problems.isEmpty();
  }

  List<Problem> problems() {
    return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  /**
   * @throws ConfigException with all problems, if there are any
   */
  void throwIfAny(String heading, String hint) {
    if (!problems.isEmpty()) {
      throw new ConfigException(heading, problems(), hint, 1);
    }
  }

  private void note(boolean warning, int line, String path, String message) {
    if (noticed.add(path)) {
      notices.add(new Notice(warning, file, line, path + " " + message));
    }
  }
}
