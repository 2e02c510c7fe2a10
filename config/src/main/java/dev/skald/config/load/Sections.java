package dev.skald.config.load;

import java.util.function.Supplier;

/**
 * Turns sections into records, one after the other; what a record's constructor refuses becomes a
 * problem, so that all sections are looked at.
 */
final class Sections {
  private final Settings root;
  private final Findings findings;

  Sections(Settings root, Findings findings) {
    this.root = root;
    this.findings = findings;
  }

  Settings root() {
    return root;
  }

  Findings findings() {
    return findings;
  }

  /** Runs a reading; on a refusal notes it against the section and returns the fallback. */
  <T> T attempt(String section, Supplier<T> reading, Supplier<T> fallback) {
    try {
      return reading.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      problem(section, e.getMessage());
      return fallback.get();
    }
  }

  /** Notes a problem in Loki's words. */
  void problem(String section, String why) {
    findings.problem(root.line(section), "CONFIG ERROR: invalid " + section + " config: " + why);
  }
}
