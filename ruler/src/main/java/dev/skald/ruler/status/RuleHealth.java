package dev.skald.ruler.status;

/** How the last evaluation of a rule went. */
public enum RuleHealth {
  /** There was none yet. */
  UNKNOWN,
  OK,
  ERR
}
