package dev.skald.storage.wal;

/** A push record that does not decode. */
public final class CorruptRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param offset where in the record decoding stopped
   * @param problem what was got and what was wanted
   */
  public CorruptRecordException(int offset, String problem) {
    super("corrupt push record at byte " + offset + ": " + problem);
  }
}
