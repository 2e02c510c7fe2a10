package dev.skald.ruler.evaluate;

/** A result that a rule cannot use. The message is Prometheus' (config-and-clients.md §2.5). */
final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EvaluationException(String message) {
    super(message, null, false, false);
  }
}
