package dev.skald.querier;

import dev.skald.config.Overrides;
import dev.skald.config.QueryLimits;
import dev.skald.config.RetentionLimits;
import dev.skald.ingester.RecentHeads;
import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.eval.Engine;
import dev.skald.logql.eval.EngineLimits;
import dev.skald.logql.eval.EvalStats;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.Parser;
import dev.skald.storage.Storage;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The front door for reads. Safe for use by any thread; a call blocks until its query is answered.
 */
public final class Querier {
  private static final String DRILLDOWN = "grafana-lokiexplore-app";

  private final RecentHeads recent;
  private final Storage storage;
  private final Overrides overrides;
  private final Environment environment;

  /**
   * What queries run in.
   *
   * @param workers run the queries, one a thread; its size bounds how many run at a time
   * @param nanoTime a clock such as {@link System#nanoTime}
   * @param maxQueryBytes how much memory one query may hold
   */
  public record Environment(
      ExecutorService workers, InstantSource clock, LongSupplier nanoTime, long maxQueryBytes) {}

  public Querier(
      RecentHeads recent, Storage storage, Overrides overrides, Environment environment) {
    this.recent = recent;
    this.storage = storage;
    this.overrides = overrides;
    this.environment = environment;
  }

  /**
   * Answers a query over a range of time.
   *
   * @throws QueryException if it cannot be answered
   * @throws InterruptedException if the caller is to stop waiting; the query is then cancelled
   */
  public Answer range(String tenant, RangeQuery query) throws InterruptedException {
    QueryLimits limits = overrides.limits(tenant).query();
    RangeParameters parameters = query.parameters();
    Expr expr = Parser.parse(query.text());
    QueryCheck.length(limits, parameters.start(), parameters.end());
    QueryCheck.entries(limits, expr, parameters.limit());
    return run(tenant, query.source(), engine -> engine.range(expr, parameters));
  }

  /**
   * Answers a metric query at one moment.
   *
   * @throws QueryException if it cannot be answered
   * @throws InterruptedException if the caller is to stop waiting; the query is then cancelled
   */
  public Answer instant(String tenant, InstantQuery query) throws InterruptedException {
    Expr expr = Parser.parse(query.text());
    QueryCheck.metric(expr);
    return run(tenant, query.source(), engine -> engine.instant(expr, query.time()));
  }

  private Answer run(String tenant, String source, Function<Engine, QueryResult> query)
      throws InterruptedException {
    QueryLimits limits = overrides.limits(tenant).query();
    QueryRun run =
        new QueryRun(
            environment.clock.instant(),
            environment.nanoTime,
            limits.queryTimeout().toNanos(),
            environment.maxQueryBytes);
    EngineLimits engineLimits =
        new EngineLimits(
            limits.maxQuerySeries(),
            source.equalsIgnoreCase(DRILLDOWN),
            limits.maxQueryRange().toNanos(),
            limits.shardAggregations().contains("approx_topk"),
            limits.enableMultiVariantQueries());
    Engine engine = new Engine(source(tenant), run, engineLimits);
    Future<Answer> future =
        environment.workers.submit(
            () -> {
              long queued = run.elapsedNanos();
              run.checkpoint();
              QueryResult result = query.apply(engine);
              return new Answer(result, engine.stats(), queued, run.elapsedNanos() - queued);
            });
    try {
      return await(future);
    } catch (InterruptedException e) {
      run.cancel();
      throw e;
    }
  }

  private EntrySource source(String tenant) {
    RetentionLimits limits = overrides.limits(tenant).retention();
    boolean hidesDeleted = limits.deletion() != RetentionLimits.Deletion.DISABLED;
    return new RecentAndStored(tenant, recent, storage, hidesDeleted);
  }

  private static Answer await(Future<Answer> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /**
   * Returns the names of the labels of all streams with entries in {@code [start, end)}, sorted.
   */
  public Set<String> labelNames(String tenant, List<Matcher> matchers, long start, long end) {
    Set<String> names = new TreeSet<>(Labels::compareBytes);
    for (StreamStats stream : streams(tenant, matchers, start, end)) {
      for (int i = 0; i < stream.labels().size(); i++) {
        names.add(stream.labels().name(i));
      }
    }
    return names;
  }

  /**
   * Returns the values that a label has on streams with entries in {@code [start, end)}, sorted.
   */
  public Set<String> labelValues(
      String tenant, String name, List<Matcher> matchers, long start, long end) {
    Set<String> values = new TreeSet<>(Labels::compareBytes);
    for (StreamStats stream : streams(tenant, matchers, start, end)) {
      String value = stream.labels().get(name);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** Returns the streams with entries in {@code [start, end)} and what is known of their size. */
  public List<StreamStats> streams(String tenant, List<Matcher> matchers, long start, long end) {
    QueryCheck.length(overrides.limits(tenant).query(), start, end);
    return source(tenant).streams(matchers, start, end);
  }

  /** Returns the labels worth to browse by and how many values each has, by name. */
  public Map<String, Integer> detectedLabels(
      String tenant, List<Matcher> matchers, long start, long end) {
    return DetectedLabels.of(streams(tenant, matchers, start, end));
  }

  /**
   * Returns the fields of the entries that a log query answers, in no order.
   *
   * @throws QueryException if it cannot be answered, or asks for numbers
   * @throws InterruptedException if the caller is to stop waiting; the query is then cancelled
   */
  public List<DetectedField> detectedFields(String tenant, RangeQuery query)
      throws InterruptedException {
    Parser.parseLogQuery(query.text());
    QueryResult.Streams result = (QueryResult.Streams) range(tenant, query).result();
    FieldDetector detector = new FieldDetector();
    result.entries().forEach(detector::add);
    return detector.fields();
  }

  /** Returns how many bytes streams have, as a vector at the end of the query's range. */
  public Answer volume(String tenant, VolumeQuery query) {
    return answer(() -> volumeOf(tenant, query).total());
  }

  /**
   * Returns how many bytes streams have over time, as a matrix, or a vector of what has one sample.
   *
   * @param step in nanoseconds
   */
  public Answer volumeRange(String tenant, VolumeQuery query, long step) {
    return answer(() -> volumeOf(tenant, query).range(step));
  }

  private Volume volumeOf(String tenant, VolumeQuery query) {
    QueryLimits limits = overrides.limits(tenant).query();
    QueryCheck.length(limits, query.start(), query.end());
    EntrySource source = source(tenant);
    return new Volume(source, query, limits.volumeMaxSeries());
  }

  private Answer answer(Supplier<QueryResult> query) {
    long began = environment.nanoTime.getAsLong();
    QueryResult result = query.get();
    return new Answer(result, new EvalStats(), 0, environment.nanoTime.getAsLong() - began);
  }
}
