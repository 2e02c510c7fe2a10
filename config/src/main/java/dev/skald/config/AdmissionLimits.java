package dev.skald.config;

import java.time.Instant;
import java.util.List;

/**
 * When and with which labels a tenant may push.
 *
 * @param blockUntil pushes before this moment are refused; {@link Instant#MIN} for none
 * @param blockStatus with this HTTP status; 200 drops them in silence
 * @param enforcedLabels labels that every stream must have
 */
public record AdmissionLimits(Instant blockUntil, int blockStatus, List<String> enforcedLabels) {
  public AdmissionLimits {
    Check.present(blockUntil, "block_ingestion_until");
    Check.within(blockStatus, 100, 599, "block_ingestion_status_code");
    enforcedLabels = List.copyOf(enforcedLabels);
  }

  public static AdmissionLimits defaults() {
    return new AdmissionLimits(Instant.MIN, 260, List.of());
  }
}
