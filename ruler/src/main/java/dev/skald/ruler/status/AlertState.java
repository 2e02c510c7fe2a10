package dev.skald.ruler.status;

/** How far an alert, or the furthest alert of a rule, has come. */
public enum AlertState {
  /** The rule has not been evaluated yet. */
  UNKNOWN,
  INACTIVE,
  PENDING,
  FIRING
}
