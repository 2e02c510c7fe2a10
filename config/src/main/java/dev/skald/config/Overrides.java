package dev.skald.config;

/** Knows the limits of every tenant. Safe for use by any thread. */
@FunctionalInterface
public interface Overrides {
  /** Returns the limits in force for a tenant now. */
  Limits limits(String tenant);
}
