package dev.skald.config;

/**
 * How much space segments may take before the oldest have to go (Skald's own keys of {@code
 * compactor}). In force whether or not retention is enabled: whoever sets them wants it.
 *
 * @param maxBytes of all segments together ({@code retention_max_bytes}); 0 for any
 * @param maxPercent of the volume that may be used, by whatever ({@code retention_max_percent}); 0
 *     for any
 */
public record SpaceConfig(long maxBytes, double maxPercent) {
  public SpaceConfig {
    Check.notNegative(maxBytes, "compactor.retention_max_bytes");
    if (!(maxPercent >= 0 && maxPercent <= 100)) {
      throw new IllegalArgumentException(
          "compactor.retention_max_percent: " + maxPercent + ", wanted 0 to 100");
    }
  }

  public static SpaceConfig unlimited() {
    return new SpaceConfig(0, 0);
  }
}
