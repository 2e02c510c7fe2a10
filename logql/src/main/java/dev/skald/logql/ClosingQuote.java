package dev.skald.logql;

/** Finds the end of quoted text in a line of JSON or logfmt. */
public final class ClosingQuote {
  private ClosingQuote() {}

  /**
   * Returns where the quote stands that closes a text, or -1. A backslash takes away the meaning of
   * the byte behind it.
   *
   * @param from where the text begins, behind its opening quote
   */
  public static int find(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '"') {
        return i;
      }
    }
    return -1;
  }
}
