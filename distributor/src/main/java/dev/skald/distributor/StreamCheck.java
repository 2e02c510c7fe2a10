package dev.skald.distributor;

import dev.skald.config.IngestLimits;
import dev.skald.config.Limits;
import dev.skald.logql.Labels;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks the labels of a stream against a tenant's limits (http-api.md §4.6). */
final class StreamCheck {
  private StreamCheck() {}

  /** Returns why a stream is not taken, or null. */
  static Rejection check(String tenant, Limits limits, Labels labels) {
    IngestLimits ingest = limits.ingest();
    if (labels.size() == 0) {
      return Rejection.badRequest(
          "missing_labels", "error at least one label pair is required per stream");
    }
    int counted = labels.get("service_name") == null ? labels.size() : labels.size() - 1;
    if (counted > ingest.maxLabelNamesPerSeries()) {
      return Rejection.badRequest(
          "max_label_names_per_series",
          "entry for stream '%s' has %d label names; limit %d"
              .formatted(labels, counted, ingest.maxLabelNamesPerSeries()));
    }
    Rejection tooLong = checkLengths(ingest, labels);
    return tooLong != null ? tooLong : checkEnforced(tenant, limits, labels);
  }

  private static Rejection checkLengths(IngestLimits limits, Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (utf8Length(labels.name(i)) > limits.maxLabelNameLength()) {
        return Rejection.badRequest(
            "label_name_too_long",
            "stream '%s' has label name too long: '%s'".formatted(labels, labels.name(i)));
      }
      if (utf8Length(labels.value(i)) > limits.maxLabelValueLength()) {
        return Rejection.badRequest(
            "label_value_too_long",
            "stream '%s' has label value too long: '%s'".formatted(labels, labels.value(i)));
      }
    }
    return null;
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Rejection checkEnforced(String tenant, Limits limits, Labels labels) {
    List<String> missing =
        limits.admission().enforcedLabels().stream()
            .filter(name -> labels.get(name) == null)
            .toList();
    if (missing.isEmpty()) {
      return null;
    }
    return Rejection.badRequest(
        "missing_enforced_labels",
        "missing required labels '%s' for user '%s' for stream '%s' (policy: '')"
            .formatted(String.join(",", missing), tenant, labels));
  }
}
