package dev.skald.distributor;

/** Text that is no label set. The message has place and reason, as in Prometheus. */
final class LabelParseException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param line from 1
   * @param column from 1, in bytes
   */
  LabelParseException(int line, int column, String reason) {
    super(line + ":" + column + ": parse error: " + reason);
  }
}
