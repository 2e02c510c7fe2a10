package dev.skald.querier;

import dev.skald.config.QueryLimits;
import dev.skald.logql.QueryException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Has queries run when it is their turn, and waits for their answers. Who asks what somebody else
 * has asked and not been answered gets the same answer, if it is also true by now. Safe for use by
 * any thread.
 */
final class Executions {
  private final Executor workers;
  private final QueryQueue queue;
  private final Map<Object, Shared<?>> shared = new HashMap<>();

  /**
   * What is asked.
   *
   * @param key equal for questions with the same answer; null if it is not to be shared
   * @param data what the answer depends on, as of now
   * @param place how many of the tenant may wait and run
   * @param limits of the tenant
   * @param run makes what the query runs in
   * @param task answers the question
   */
  record Question<T>(
      FairQueue.Party party,
      Object key,
      Supplier<Object> data,
      Place place,
      QueryLimits limits,
      Supplier<QueryRun> run,
      Function<QueryRun, T> task) {}

  /** How many queries of a tenant may wait, and how many may run at a time. */
  record Place(int mayWait, int mayRun) {}

  /** An execution that others may join, and on which data it began; null before it has. */
  private static final class Shared<T> {
    private final Object key;
    private Execution<T> execution;
    private volatile Object data;

    Shared(Object key) {
      this.key = key;
    }
  }

  /**
   * @param workers runs queries, each on a thread; the queue bounds how many at a time
   */
  Executions(Executor workers, QueryQueue queue) {
    this.workers = workers;
    this.queue = queue;
  }

  /**
   * Answers a question; the caller waits.
   *
   * @throws QueryException if it cannot be answered
   * @throws InterruptedException if the caller is to stop waiting; if nobody else waits for the
   *     answer, the query is cancelled
   */
  <T> Held<T> ask(Question<T> question) throws InterruptedException {
    long timeout = question.limits.queryTimeout().toNanos();
    Execution<T> execution = joined(question, timeout);
    try {
      T value =
          timeout == 0
              ? execution.outcome().get()
              : execution.outcome().get(timeout, TimeUnit.NANOSECONDS);
      return execution.held(value);
    } catch (InterruptedException e) {
      execution.leave();
      throw e;
    } catch (TimeoutException e) {
      execution.leave();
      throw new QueryException(QueryException.Kind.TIMEOUT, QueryRun.TIMED_OUT);
    } catch (ExecutionException e) {
      execution.leave();
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  private <T> Execution<T> joined(Question<T> question, long timeout) {
    Execution<T> execution;
    synchronized (shared) {
      execution = running(question);
      if (execution != null && execution.join(timeout)) {
        return execution;
      }
      execution = begin(question);
      execution.join(timeout);
    }
    enter(question, execution);
    return execution;
  }

  /** A run that has begun is joined only if it saw all that there is to be seen now. */
  @SuppressWarnings("unchecked") // Questions of one key have answers of one type.
  private <T> Execution<T> running(Question<T> question) {
    Shared<?> known = question.key == null ? null : shared.get(question.key);
    if (known == null) {
      return null;
    }
    Object began = known.data;
    return began == null || began.equals(question.data.get())
        ? (Execution<T>) known.execution
        : null;
  }

  private <T> Execution<T> begin(Question<T> question) {
    Shared<T> entry = new Shared<>(question.key);
    Function<QueryRun, T> task =
        run -> {
          if (question.key != null) {
            entry.data = question.data.get();
          }
          return question.task.apply(run);
        };
    entry.execution = new Execution<>(question.run.get(), task, () -> forget(entry));
    if (question.key != null) {
      shared.put(question.key, entry);
    }
    return entry.execution;
  }

  private void forget(Shared<?> entry) {
    synchronized (shared) {
      shared.remove(entry.key, entry);
    }
  }

  private <T> void enter(Question<T> question, Execution<T> execution) {
    Place place = question.place;
    try {
      execution.take(
          queue.enter(question.party, place.mayWait, place.mayRun, () -> start(execution)));
    } catch (QueryException e) {
      execution.fail(e);
    }
  }

  private void start(Execution<?> execution) {
    try {
      workers.execute(execution);
    } catch (RejectedExecutionException e) {
      execution.fail(new QueryException(QueryException.Kind.UNAVAILABLE, "the server is stopping"));
    } catch (Throwable failure) {
      // There may be no thread to be had: the slot must not be lost with it.
      execution.fail(failure);
    }
  }
}
