package dev.skald.logql.template;

/**
 * Text that is no template. The message is Go's, as in {@code template: line:1: unclosed action}.
 */
public final class TemplateSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TemplateSyntaxException(String message) {
    super(message);
  }
}
