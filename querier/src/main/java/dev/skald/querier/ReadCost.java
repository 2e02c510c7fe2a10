package dev.skald.querier;

import dev.skald.config.QueryCostLimits;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import java.util.Locale;

/** Refuses queries that would read too much, going by what is known of their streams. */
final class ReadCost {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  /** Lines are hardly ever compressed to less than this part of their size. */
  private static final int MOST_COMPRESSED = 200;

  private final EntrySource source;
  private final QueryCostLimits limits;

  ReadCost(EntrySource source, QueryCostLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /**
   * @param span what the query reads
   * @param stored how many bytes the segments of the range have at most
   * @throws QueryException if the query would read more than it may
   */
  void check(Expr expr, Span span, long stored) {
    long query = limits.maxBytesRead();
    long querier = limits.maxQuerierBytesRead();
    boolean mayBeTooMuch = querier > 0 && stored >= querier / MOST_COMPRESSED;
    if (query == 0 && !mayBeTooMuch) {
      return;
    }
    long bytes = bytes(expr, span);
    if (query > 0 && bytes > query) {
      throw QueryException.badRequest(
          "the query would read too many bytes (query: %s, limit: %s); consider adding more specific"
                  .formatted(text(bytes), text(query))
              + " stream selectors or reduce the time range of the query");
    }
    if (querier > 0 && bytes > querier) {
      throw QueryException.badRequest(
          "query too large to execute on a single querier: (query: %s, limit: %s); consider adding"
                  .formatted(text(bytes), text(querier))
              + " more specific stream selectors, reduce the time range of the query, or adjust"
              + " parallelization settings");
    }
  }

  /** Each window of a metric query is counted over all that any of them reads. */
  private long bytes(Expr expr, Span span) {
    long sum = 0;
    for (LogExpr query : Selectors.of(expr)) {
      sum += bytes(query, span.start(), span.end());
    }
    return sum;
  }

  private long bytes(LogExpr query, long start, long end) {
    long sum = 0;
    for (StreamStats stream : source.streams(query.matchers(), start, end)) {
      sum += stream.bytes();
    }
    return sum;
  }

  /** Prints a size with one digit behind the point where it has only one before it. */
  static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String format = unit > 0 && value < 10 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }
}
