package dev.skald.logql.syntax;

/** A parsed query: it asks either for log lines or for numbers. */
public sealed interface Expr permits LogExpr, MetricExpr {}
