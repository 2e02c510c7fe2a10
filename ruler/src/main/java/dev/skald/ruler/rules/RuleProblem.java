package dev.skald.ruler.rules;

/**
 * One thing wrong with rules.
 *
 * @param file its name, or what a client sent
 * @param line from 1; 0 where no line is to blame
 * @param place which group and rule, or empty
 * @param text in Loki's words (config-and-clients.md §2.3)
 */
public record RuleProblem(String file, int line, String place, String text) {
  @Override
  public String toString() {
    return file
        + ": "
        + (line > 0 ? "line " + line + ": " : "")
        + (place.isEmpty() ? "" : place + ": ")
        + text;
  }
}
