package dev.skald.ruler.evaluate;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.eval.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Answers each expression as a test says: with a vector, a failure, or not before the test lets it.
 * An expression that nothing was said of has no results.
 */
final class FakeQueries implements RuleQueries {
  private final Map<String, QueryResult> results = new ConcurrentHashMap<>();
  private final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();

  /** Results are {@code {name="value"} number}, one a pair. */
  FakeQueries give(String expression, Object... labelsAndValues) {
    List<Labels> labels = new ArrayList<>();
    double[] values = new double[labelsAndValues.length / 2];
    for (int i = 0; i < values.length; i++) {
      labels.add((Labels) labelsAndValues[2 * i]);
      values[i] = ((Number) labelsAndValues[2 * i + 1]).doubleValue();
    }
    return give(expression, new QueryResult.Vector(0, labels, values, List.of()));
  }

  FakeQueries give(String expression, QueryResult result) {
    failures.remove(expression);
    results.put(expression, result);
    return this;
  }

  /** Gives so many series that differ in the label {@code n}. */
  FakeQueries giveMany(String expression, int count) {
    Object[] all = new Object[2 * count];
    for (int i = 0; i < count; i++) {
      all[2 * i] = Labels.of("n", Integer.toString(i));
      all[2 * i + 1] = i;
    }
    return give(expression, all);
  }

  FakeQueries fail(String expression, String message) {
    failures.put(expression, QueryException.badRequest(message));
    return this;
  }

  FakeQueries crash(String expression, RuntimeException bug) {
    failures.put(expression, bug);
    return this;
  }

  /** Answers an expression only once the latch is open. */
  CountDownLatch hold(String expression) {
    CountDownLatch gate = new CountDownLatch(1);
    gates.put(expression, gate);
    return gate;
  }

  /** What was asked since the last call: tenant, expression and time. */
  synchronized List<String> asked() {
    List<String> copy = List.copyOf(asked);
    asked.clear();
    return copy;
  }

  @Override
  public QueryResult evaluate(String tenant, String expression, Instant at)
      throws InterruptedException {
    synchronized (this) {
      asked.add(tenant + " " + expression + " " + at);
    }
    CountDownLatch gate = gates.get(expression);
    if (gate != null) {
      gate.await();
    }
    RuntimeException failure = failures.get(expression);
    if (failure != null) {
      throw failure;
    }
    return results.getOrDefault(
        expression, new QueryResult.Vector(0, List.of(), new double[0], List.of()));
  }

  @Override
  public Optional<String> lastLine(String tenant, String query, Instant at, Duration within) {
    return Optional.of(query + " before " + at);
  }
}
