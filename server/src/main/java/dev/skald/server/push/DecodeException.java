package dev.skald.server.push;

/** A body that is not what its headers say. The message tells the client where and what. */
class DecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** There is no memory for the push now. */
  static final int LATER = 503;

  private final int status;

  DecodeException(String message) {
    this(400, message);
  }

  DecodeException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  /** The body is larger, once decompressed, than it may be. */
  static final class TooLarge extends DecodeException {
    private static final long serialVersionUID = 1L;

    TooLarge(long length, int limit) {
      super("decompressed message size too large than max (" + length + " vs " + limit + ")");
    }
  }
}
