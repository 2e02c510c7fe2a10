package dev.skald.distributor;

/**
 * What became of a push. Entries that are not rejected are stored, even if others are.
 *
 * @param rejection null if everything was taken
 */
public record PushOutcome(Rejection rejection) {
  static final PushOutcome TAKEN = new PushOutcome(null);

  /** How a push came in, as metrics name it. */
  public enum Format {
    LOKI,
    OTLP
  }
}
