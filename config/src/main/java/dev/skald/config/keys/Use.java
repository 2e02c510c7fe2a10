package dev.skald.config.keys;

/** What Skald makes of a key. */
public enum Use {
  /** It acts. */
  USED,
  /** Loki has it, Skald has no need of it; accepted with a notice. */
  UNUSED,
  /** Loki no longer has it, but older files do; accepted with a warning. */
  REMOVED,
  /** Accepted without a word. */
  QUIET
}
