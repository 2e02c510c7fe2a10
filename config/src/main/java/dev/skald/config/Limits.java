package dev.skald.config;

/**
 * All limits of one tenant ({@code limits_config}).
 *
 * @param ingest what may be pushed
 * @param admission when and with which labels it may be pushed
 * @param otlp how OpenTelemetry attributes are mapped
 * @param query what may be asked
 * @param cost how much a query may read and how it is split
 * @param retention how long lines are kept
 * @param rules how many rules there may be
 * @param patterns how templates are found in lines
 */
public record Limits(
    IngestLimits ingest,
    AdmissionLimits admission,
    OtlpLimits otlp,
    QueryLimits query,
    QueryCostLimits cost,
    RetentionLimits retention,
    RuleLimits rules,
    PatternLimits patterns) {
  public Limits {
    Check.present(ingest, "ingest");
    Check.present(admission, "admission");
    Check.present(otlp, "otlp");
    Check.present(query, "query");
    Check.present(cost, "cost");
    Check.present(retention, "retention");
    Check.present(rules, "rules");
    Check.present(patterns, "patterns");
  }

  /** Limits of which only the most used parts differ from the defaults. */
  public Limits(IngestLimits ingest, QueryLimits query) {
    this(
        ingest,
        AdmissionLimits.defaults(),
        OtlpLimits.defaults(),
        query,
        QueryCostLimits.defaults(),
        RetentionLimits.defaults(),
        RuleLimits.defaults(),
        PatternLimits.defaults());
  }

  public static Limits defaults() {
    return new Limits(IngestLimits.defaults(), QueryLimits.defaults());
  }
}
