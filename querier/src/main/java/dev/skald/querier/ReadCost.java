package dev.skald.querier;

import dev.skald.config.QueryCostLimits;
import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Refuses queries that would read too much, or too many streams, going by what is known of them.
 */
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
   * What lies in a range of time, whatever a query wants of it.
   *
   * @param storedBytes how many bytes its segments have
   * @param streams no fewer than there are
   */
  record Most(long storedBytes, long streams) {}

  /**
   * @param span what the query reads
   * @param most what it reads at most
   * @throws QueryException if the query would read more than it may
   */
  void check(Expr expr, Span span, Most most) {
    long query = limits.maxBytesRead();
    long querier = limits.maxQuerierBytesRead();
    boolean mayBeTooMuch = querier > 0 && most.storedBytes >= querier / MOST_COMPRESSED;
    boolean mayBeTooMany = limits.maxStreams() > 0 && most.streams > limits.maxStreams();
    if (query > 0 || mayBeTooMuch || mayBeTooMany) {
      checkBytes(bytes(expr, span));
    }
  }

  private void checkBytes(long bytes) {
    long query = limits.maxBytesRead();
    long querier = limits.maxQuerierBytesRead();
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
    List<StreamStats> streams = source.streams(query.matchers(), start, end);
    checkStreams(query, streams.size());
    long sum = 0;
    for (StreamStats stream : streams) {
      sum += stream.bytes();
    }
    return sum;
  }

  private void checkStreams(LogExpr query, int streams) {
    int most = limits.maxStreams();
    if (most > 0 && streams > most) {
      String names =
          query.matchers().stream().map(Matcher::name).distinct().collect(Collectors.joining(", "));
      throw QueryException.badRequest(
          "cardinality limit exceeded for logs{%s}; %d entries, more than limit of %d"
              .formatted(names, streams, most));
    }
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
