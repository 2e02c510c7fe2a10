package dev.skald.config;

/**
 * One thing wrong with the configuration.
 *
 * @param file its name, or {@code command line}
 * @param line from 1; 0 where no line is to blame
 */
public record Problem(String file, int line, String message) {
  @Override
  public String toString() {
    return line > 0 ? "line " + line + ": " + message : message;
  }
}
