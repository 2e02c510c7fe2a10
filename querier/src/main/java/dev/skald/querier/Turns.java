package dev.skald.querier;

import dev.skald.config.Limits;
import dev.skald.config.Overrides;
import dev.skald.config.QueryCostLimits;
import dev.skald.config.QueryLimits;
import java.util.function.Function;
import java.util.function.Supplier;

/** Has whatever reads run when it is its turn, within the limits of its tenant. */
final class Turns {
  private final Overrides overrides;
  private final Querier.Environment environment;
  private final QueryMemory memory;
  private final QueryQueue queue;
  private final Executions executions;

  Turns(Overrides overrides, Querier.Environment environment) {
    Querier.Capacity capacity = environment.capacity();
    this.overrides = overrides;
    this.environment = environment;
    this.memory = new QueryMemory(capacity.memory());
    this.queue = new QueryQueue(capacity.slots(), environment.nanoTime());
    this.executions = new Executions(environment.workers(), queue);
  }

  /** Returns how many wait for their turn. */
  int waiting() {
    return queue.length();
  }

  /** Returns how many have a slot. */
  int running() {
    return queue.running();
  }

  /** Returns how many bytes all hold. */
  long memoryHeld() {
    return memory.used();
  }

  /** Waits until something has had its turn and is done. */
  <T> Held<T> take(Caller caller, Function<QueryRun, T> task) throws InterruptedException {
    return share(caller, null, () -> null, task);
  }

  /**
   * Waits until something has had its turn and is done, or until somebody else has done the same.
   *
   * @param key equal for what has the same answer
   * @param data what the answer depends on, as of now
   */
  <T> Held<T> share(Caller caller, Object key, Supplier<Object> data, Function<QueryRun, T> task)
      throws InterruptedException {
    Limits limits = overrides.limits(caller.tenant());
    return executions.ask(
        new Executions.Question<>(
            caller.party(),
            key,
            data,
            place(limits.cost()),
            limits.query(),
            () -> newRun(limits.query()),
            task));
  }

  private QueryRun newRun(QueryLimits limits) {
    return new QueryRun(
        environment.clock().instant(), environment.nanoTime(), memory, memoryOfOne(limits));
  }

  /** Returns how many bytes one query of a tenant may hold. */
  long memoryOfOne(QueryLimits limits) {
    long most = limits.maxQueryMemory();
    return most > 0 ? most : environment.capacity().queryMemory();
  }

  private Executions.Place place(QueryCostLimits limits) {
    Querier.Capacity capacity = environment.capacity();
    int slots = capacity.slots();
    int most = limits.maxQueriers() > 0 ? Math.min(limits.maxQueriers(), slots) : slots;
    int share = (int) Math.ceil(limits.maxCapacity() * slots);
    return new Executions.Place(capacity.mayWait(), share > 0 ? Math.min(share, most) : most);
  }
}
