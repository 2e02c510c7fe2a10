package dev.skald.querier;

import dev.skald.config.Limits;
import dev.skald.config.Overrides;
import dev.skald.config.QueryLimits;
import dev.skald.ingester.RecentHeads;
import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.eval.Engine;
import dev.skald.logql.eval.EngineLimits;
import dev.skald.logql.eval.EntryPage;
import dev.skald.logql.eval.EvalStats;
import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.cache.CacheUse;
import dev.skald.querier.cache.CachedRange;
import dev.skald.querier.cache.ResultCache;
import dev.skald.querier.cache.ResultKey;
import dev.skald.storage.Storage;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * The front door for reads. Safe for use by any thread; a call blocks until its query is answered,
 * and ends with an {@link InterruptedException} if its thread is interrupted, which cancels the
 * query unless others wait for the same.
 */
public final class Querier {
  private static final String DRILLDOWN = "grafana-lokiexplore-app";

  /** A page of an export takes this part of what a query may hold. */
  private static final int PAGE_PARTS = 8;

  private final TenantData data;
  private final Overrides overrides;
  private final Environment environment;
  private final Turns turns;
  private final ResultCache cache;

  /**
   * What queries run in.
   *
   * @param workers run the queries, one a thread; they are as many as queries have begun
   * @param nanoTime a clock such as {@link System#nanoTime}
   * @param listener hears of what becomes of queries
   */
  public record Environment(
      ExecutorService workers,
      InstantSource clock,
      LongSupplier nanoTime,
      Capacity capacity,
      QueryListener listener) {}

  /**
   * How much there is of everything.
   *
   * @param slots how many queries run at a time
   * @param mayWait how many of a tenant may wait
   * @param memory how many bytes all queries and their answers may hold
   * @param queryMemory how many of them one may hold where its tenant has no limit of its own
   * @param cache how many bytes the results that are kept may take; 0 to keep none
   */
  public record Capacity(int slots, int mayWait, long memory, long queryMemory, long cache) {}

  public Querier(
      RecentHeads recent, Storage storage, Overrides overrides, Environment environment) {
    this.data = new TenantData(recent, storage, overrides, environment.clock);
    this.overrides = overrides;
    this.environment = environment;
    this.turns = new Turns(overrides, environment);
    this.cache = new ResultCache(environment.capacity.cache);
  }

  /** Returns where results are kept. */
  public ResultCache cache() {
    return cache;
  }

  /** Returns how many queries wait for their turn. */
  public int waiting() {
    return turns.waiting();
  }

  /** Returns how many queries have a slot. */
  public int running() {
    return turns.running();
  }

  /** Returns how many bytes queries and their answers hold. */
  public long memoryHeld() {
    return turns.memoryHeld();
  }

  /**
   * Answers a query over a range of time.
   *
   * @return the answer, to be closed when the reply is written
   * @throws QueryException if it cannot be answered
   */
  public Held<Answer> range(Caller caller, RangeQuery query) throws InterruptedException {
    Limits limits = overrides.limits(caller.tenant());
    Expr expr = Parser.parse(query.text());
    check(limits, caller, query.text(), expr);
    long earliest = data.earliest(limits);
    if (query.parameters().end() < earliest) {
      return Held.of(nothing(expr));
    }
    RangeQuery allowed = query.notBefore(earliest);
    RangeParameters parameters = allowed.parameters();
    QueryCheck.length(limits.query(), parameters.start(), parameters.end());
    QueryCheck.entries(limits.query(), expr, parameters.limit());
    Span span = Span.of(expr, parameters);
    return run(
        caller,
        new Asked(
            allowed,
            expr,
            span,
            query.source().equalsIgnoreCase(DRILLDOWN),
            expr instanceof MetricExpr && query.cached() ? allowed : null,
            engine -> engine.range(expr, parameters)));
  }

  /**
   * Answers a metric query at one moment.
   *
   * @return the answer, to be closed when the reply is written
   * @throws QueryException if it cannot be answered
   */
  public Held<Answer> instant(Caller caller, InstantQuery query) throws InterruptedException {
    Limits limits = overrides.limits(caller.tenant());
    Expr expr = Parser.parse(query.text());
    QueryCheck.metric(expr);
    check(limits, caller, query.text(), expr);
    return run(
        caller,
        new Asked(
            query,
            expr,
            Span.of(expr, query.time()),
            query.source().equalsIgnoreCase(DRILLDOWN),
            null,
            engine -> engine.instant(expr, query.time())));
  }

  /**
   * Reads the next lines of an export.
   *
   * @return some of them, to be closed when they are written
   * @throws QueryException if the query cannot be answered
   */
  public Held<ExportPage> export(Caller caller, ExportQuery query) throws InterruptedException {
    Limits limits = overrides.limits(caller.tenant());
    LogExpr expr = Parser.parseLogQuery(query.text());
    check(limits, caller, query.text(), expr);
    long from = query.after() == null ? query.start() : query.after().time();
    long start = Math.max(Math.max(query.start(), from), data.earliest(limits));
    if (start >= query.end()) {
      return Held.of(ExportPage.of(List.of(), query.after(), false));
    }
    EntrySource seen = data.seen(caller.tenant());
    Function<QueryRun, ExportPage> task =
        run -> {
          Engine engine = new Engine(seen.pausing(run::checkpoint), run, EngineLimits.NONE);
          run.watch(engine.stats());
          long bytes = turns.memoryOfOne(limits.query()) / PAGE_PARTS;
          return page(bytes, query.after(), most -> engine.page(expr, start, query.end(), most));
        };
    return turns.take(caller, task);
  }

  /** More than a page of one stream may have the time of the cursor: then a page is larger. */
  private static ExportPage page(long least, ExportCursor after, LongFunction<EntryPage> read) {
    for (long bytes = least; ; bytes *= 2) {
      EntryPage found = read.apply(bytes);
      ExportPage page = ExportPage.of(found.entries(), after, found.more());
      if (!page.entries().isEmpty() || !page.more()) {
        return page;
      }
    }
  }

  /**
   * A query that has passed all checks.
   *
   * @param question equal for the same query
   * @param truncate whether a result with too many series is cut off
   * @param cached what to ask the cache for; null to evaluate the query whatever is known
   */
  private record Asked(
      Object question,
      Expr expr,
      Span span,
      boolean truncate,
      RangeQuery cached,
      Function<Engine, QueryResult> evaluation) {}

  private void check(Limits limits, Caller caller, String text, Expr expr) {
    QueryCheck.enabled(limits.cost());
    BlockedQueries.check(limits.cost().blockedQueries(), caller, text, expr, environment.listener);
    QueryCheck.selectors(limits.query(), limits.cost(), expr);
  }

  private Held<Answer> run(Caller caller, Asked asked) throws InterruptedException {
    Limits limits = overrides.limits(caller.tenant());
    RecentAndStored all = data.all(caller.tenant());
    EntrySource source = new NotBefore(all, data.earliest(limits));
    EngineLimits engineLimits = engineLimits(limits.query(), asked.truncate);
    Function<QueryRun, Answer> task =
        run -> {
          Span span = asked.span;
          EntrySource seen = source.pausing(run::checkpoint);
          ReadCost.Most most = all.most(span.start(), span.end());
          new ReadCost(seen, limits.cost()).check(asked.expr, span, most);
          Engine engine = new Engine(seen, run, engineLimits);
          run.watch(engine.stats());
          CachedRange cached = cached(asked, engine, all, limits);
          QueryResult result =
              cached == null ? asked.evaluation.apply(engine) : cached.result(run, engineLimits);
          CacheUse use = cached == null ? CacheUse.NONE : cached.use();
          long queued = run.queuedNanos();
          return new Answer(result, engine.stats(), use, queued, run.elapsedNanos() - queued);
        };
    return turns.share(
        caller,
        List.of(caller.tenant(), asked.question),
        () -> all.view().version(asked.span.start(), asked.span.end()),
        task);
  }

  /** Returns the query as one that the cache may know a part of, or null if it may not. */
  private CachedRange cached(Asked asked, Engine engine, RecentAndStored all, Limits limits) {
    RangeQuery query = asked.cached;
    if (!cache.enabled()
        || query == null
        || !CachedRange.allows(query.parameters().step())
        || !(asked.expr instanceof MetricExpr metric && Repeatable.is(metric))) {
      return null;
    }
    RangeParameters range = query.parameters();
    ResultKey key =
        ResultKey.of(
            all.tenant(),
            query.text(),
            range.step(),
            engineLimits(limits.query(), asked.truncate),
            all.hidesDeleted());
    long newest = data.ago(limits.cost().cacheFreshness());
    CachedQuery.Bounds bounds = new CachedQuery.Bounds(data.earliest(limits), newest);
    CachedQuery results = new CachedQuery(engine, metric, range, all, bounds);
    return new CachedRange(cache, key, range, results);
  }

  private static EngineLimits engineLimits(QueryLimits limits, boolean truncate) {
    return new EngineLimits(
        limits.maxQuerySeries(),
        truncate,
        limits.maxQueryRange().toNanos(),
        limits.shardAggregations().contains("approx_topk"),
        limits.enableMultiVariantQueries());
  }

  private static Answer nothing(Expr expr) {
    QueryResult result =
        switch (expr) {
          case LogExpr query -> new QueryResult.Streams(List.of());
          case MetricExpr metric -> new QueryResult.Matrix(List.of(), List.of());
        };
    return new Answer(result, new EvalStats(), 0, 0);
  }

  /**
   * Returns the names of the labels of all streams with entries in {@code [start, end)}, sorted; to
   * be closed when they are written.
   */
  public Held<Set<String>> labelNames(String tenant, List<Matcher> matchers, long start, long end)
      throws InterruptedException {
    return labels(tenant, start, end, labels -> labels.names(matchers));
  }

  /**
   * Returns the values that a label has on streams with entries in {@code [start, end)}, sorted; to
   * be closed when they are written.
   */
  public Held<Set<String>> labelValues(
      String tenant, String name, List<Matcher> matchers, long start, long end)
      throws InterruptedException {
    return labels(tenant, start, end, labels -> labels.values(name, matchers));
  }

  /**
   * Returns the label sets of streams with entries in {@code [start, end)} that one of some
   * selectors wants, sorted; to be closed when they are written.
   */
  public Held<Set<Labels>> series(
      String tenant, List<List<Matcher>> selectors, long start, long end)
      throws InterruptedException {
    return labels(tenant, start, end, labels -> labels.series(selectors));
  }

  /** Returns the labels worth to browse by and how many values each has, by name. */
  public Map<String, Integer> detectedLabels(
      String tenant, List<Matcher> matchers, long start, long end) throws InterruptedException {
    try (var held = labels(tenant, start, end, labels -> labels.detected(matchers))) {
      return held.value();
    }
  }

  private <T> Held<T> labels(String tenant, long start, long end, Function<StreamLabels, T> look)
      throws InterruptedException {
    checkLength(tenant, start, end);
    return listed(tenant, source -> look.apply(new StreamLabels(source, start, end)));
  }

  private void checkLength(String tenant, long start, long end) {
    Limits limits = overrides.limits(tenant);
    QueryCheck.length(limits.query(), Math.max(start, data.earliest(limits)), end);
  }

  /** Returns the streams with entries in {@code [start, end)} and what is known of their size. */
  public List<StreamStats> streams(String tenant, List<Matcher> matchers, long start, long end)
      throws InterruptedException {
    checkLength(tenant, start, end);
    try (var held = listed(tenant, source -> source.streams(matchers, start, end))) {
      return held.value();
    }
  }

  /** Runs a look at what streams there are when it is its turn. */
  private <T> Held<T> listed(String tenant, Function<CountedStreams, T> look)
      throws InterruptedException {
    EntrySource seen = data.seen(tenant);
    return turns.take(
        Caller.of(tenant),
        run -> look.apply(new CountedStreams(seen.pausing(run::checkpoint), run)));
  }

  /**
   * Does something for a tenant when it is its turn, as if it were a query.
   *
   * @param task gets what to run now and then; what that throws is to end it
   */
  public <T> T inTurn(String tenant, Function<Runnable, T> task) throws InterruptedException {
    try (Held<T> held = turns.take(Caller.of(tenant), run -> task.apply(run::checkpoint))) {
      return held.value();
    }
  }

  /**
   * Returns the fields of the entries that a log query answers, in no order.
   *
   * @throws QueryException if it cannot be answered, or asks for numbers
   */
  public List<DetectedField> detectedFields(String tenant, RangeQuery query)
      throws InterruptedException {
    Parser.parseLogQuery(query.text());
    try (Held<Answer> held = range(Caller.of(tenant), query)) {
      List<LogEntry> entries = ((QueryResult.Streams) held.value().result()).entries();
      return inTurn(
          tenant,
          pause -> {
            FieldDetector detector = new FieldDetector(pause);
            entries.forEach(detector::add);
            return detector.fields();
          });
    }
  }

  /** Returns how many bytes streams have, as a vector at the end of the query's range. */
  public Answer volume(String tenant, VolumeQuery query) throws InterruptedException {
    return volume(tenant, query, Volume::total);
  }

  /**
   * Returns how many bytes streams have over time, as a matrix, or a vector of what has one sample.
   *
   * @param step in nanoseconds
   */
  public Answer volumeRange(String tenant, VolumeQuery query, long step)
      throws InterruptedException {
    return volume(tenant, query, volume -> volume.range(step));
  }

  private Answer volume(String tenant, VolumeQuery query, Function<Volume, QueryResult> part)
      throws InterruptedException {
    int most = overrides.limits(tenant).query().volumeMaxSeries();
    checkLength(tenant, query.start(), query.end());
    long began = environment.nanoTime.getAsLong();
    try (var held =
        listed(tenant, seen -> part.apply(new Volume(seen, query, most, seen.work())))) {
      long took = environment.nanoTime.getAsLong() - began;
      return new Answer(held.value(), new EvalStats(), 0, took);
    }
  }
}
