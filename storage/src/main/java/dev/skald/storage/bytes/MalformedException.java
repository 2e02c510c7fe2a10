package dev.skald.storage.bytes;

/** Bytes do not have the layout that they should have; the caller knows where they came from. */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MalformedException(String problem) {
    super(problem);
  }
}
