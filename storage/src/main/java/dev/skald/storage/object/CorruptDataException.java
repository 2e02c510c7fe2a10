package dev.skald.storage.object;

import java.io.IOException;

/** Bytes that are not what was written: says where, what was found and what was wanted. */
public final class CorruptDataException extends IOException {
  private static final long serialVersionUID = 1;

  private final String path;
  private final long offset;
  private final String problem;

  /**
   * @param path key of the object or path of the file
   * @param offset first byte of the bad part
   * @param problem what was got and what was wanted
   */
  public CorruptDataException(String path, long offset, String problem) {
    super("corrupt data in " + path + " at byte " + offset + ": " + problem);
    this.path = path;
    this.offset = offset;
    this.problem = problem;
  }

  public String path() {
    return path;
  }

  public long offset() {
    return offset;
  }

  /** Returns what was got and what was wanted, without the place. */
  public String problem() {
    return problem;
  }
}
