package dev.skald.distributor;

/** Text that is no label set. The message has place and reason, as in Prometheus. */
final class LabelParseException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param position byte offset of the offending text, from 0
   */
  LabelParseException(int position, String reason) {
    super("1:" + (position + 1) + ": parse error: " + reason);
  }
}
