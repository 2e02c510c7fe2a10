package dev.skald.logql.template;

/**
 * A function that cannot answer. A template reports it as {@code error calling NAME: MESSAGE}.
 *
 * <p>The message holds one byte a char, as all text of a running template does.
 */
public final class FunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FunctionException(String message) {
    super(message, null, false, false);
  }
}
