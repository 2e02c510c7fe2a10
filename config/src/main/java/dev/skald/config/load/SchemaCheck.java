package dev.skald.config.load;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Checks {@code schema_config} as Loki does. Skald has a format of its own and takes from it only
 * the object store, so the section may also be missing.
 */
final class SchemaCheck {
  private static final Set<String> STORES =
      Set.of(
          "tsdb",
          "boltdb-shipper",
          "boltdb",
          "aws",
          "aws-dynamo",
          "bigtable",
          "bigtable-hashed",
          "gcp",
          "gcp-columnkey",
          "cassandra",
          "grpc");
  private static final Set<String> SCHEMAS = Set.of("v9", "v10", "v11", "v12", "v13");
  private static final Duration DAY = Duration.ofDays(1);

  private SchemaCheck() {}

  static void run(Sections sections) {
    List<Settings> periods = sections.root().block("schema_config").blocks("configs");
    LocalDate last = LocalDate.MIN;
    for (Settings period : periods) {
      checkPeriod(sections, period);
      if (!period.isSet("from")) {
        problem(sections, period, "from", "must say from which day it counts");
      } else if (!period.day("from").isAfter(last)) {
        problem(sections, period, "from", "periods must stand in order of time");
      } else {
        last = period.day("from");
      }
    }
    if (!periods.isEmpty()) {
      checkMetadata(sections, periods.getLast());
    }
  }

  private static void checkPeriod(Sections sections, Settings period) {
    if (!STORES.contains(period.text("store"))) {
      problem(sections, period, "store", "unrecognized store " + period.text("store"));
    }
    if (!SCHEMAS.contains(period.text("schema"))) {
      problem(
          sections, period, "schema", "unknown schema " + period.text("schema") + ", wanted v13");
    }
    Settings index = period.block("index");
    boolean daily = Set.of("tsdb", "boltdb-shipper").contains(period.text("store"));
    if (daily && !index.duration("period").equals(DAY)) {
      problem(sections, period, "index", "index.period must be 24h for " + period.text("store"));
    }
  }

  /** Loki refuses this; Skald can store metadata whatever the schema is called. */
  private static void checkMetadata(Sections sections, Settings period) {
    boolean old = !period.text("schema").equals("v13") || !period.text("store").equals("tsdb");
    Settings limits = sections.root().block("limits_config");
    if (old && limits.flag("allow_structured_metadata")) {
      sections
          .findings()
          .notice(
              period.line("schema"),
              "schema_config",
              "is not v13 with tsdb; structured metadata is stored all the same");
    }
  }

  private static void problem(Sections sections, Settings period, String key, String why) {
    sections
        .findings()
        .problem(
            period.line(key) > 0 ? period.line(key) : sections.root().line("schema_config"),
            "CONFIG ERROR: invalid schema config: " + period.path(key) + ": " + why);
  }
}
