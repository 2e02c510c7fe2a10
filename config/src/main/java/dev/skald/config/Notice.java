package dev.skald.config;

/**
 * Something accepted that the operator should know, one log line each.
 *
 * @param warning whether it may surprise; else it is only for information
 * @param line from 1; 0 where there is none
 */
public record Notice(boolean warning, String file, int line, String message) {
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + message;
  }
}
