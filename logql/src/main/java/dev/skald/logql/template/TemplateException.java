package dev.skald.logql.template;

/**
 * A template that fails on some data. The message is Go's, as in {@code template: line:1:2:
 * executing "line" at <div .a 0>: error calling div: runtime error: integer divide by zero}.
 *
 * <p>It has no stack trace, for a template may fail on every line.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TemplateException(String message) {
    super(message, null, false, false);
  }
}
