package dev.skald.querier;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Things that wait, each for a party. Tenants take turns, within a tenant its actors, and what one
 * actor waits for comes in order. Also counts what of a tenant was polled and not released yet. Not
 * safe for use by several threads.
 */
final class FairQueue<T> {

  /**
   * Who waits.
   *
   * @param actor of the tenant, such as a user; may be empty
   */
  record Party(String tenant, String actor) {}

  /** By tenant and actor; whose turn it is next stands first. Nothing in it is empty. */
  private final Map<String, Map<String, Deque<T>>> tenants = new LinkedHashMap<>();

  private final Map<String, Integer> sizes = new HashMap<>();
  private final Map<String, Integer> running = new HashMap<>();

  void addLast(Party party, T item) {
    line(party).addLast(item);
  }

  /** Adds something before what else its actor waits for, but has all other parties go first. */
  void stepAside(Party party, T item) {
    line(party).addFirst(item);
    goBehind(party.tenant, tenants.get(party.tenant), party.actor);
  }

  private Deque<T> line(Party party) {
    sizes.merge(party.tenant, 1, Integer::sum);
    return tenants
        .computeIfAbsent(party.tenant, name -> new LinkedHashMap<>())
        .computeIfAbsent(party.actor, name -> new ArrayDeque<>());
  }

  /** Returns how much of a tenant waits. */
  int sizeOf(String tenant) {
    return sizes.getOrDefault(tenant, 0);
  }

  /** Returns how much of a tenant was polled and not released. */
  int running(String tenant) {
    return running.getOrDefault(tenant, 0);
  }

  /** Returns whether anybody else waits. */
  boolean hasOtherThan(Party party) {
    int own = tenants.containsKey(party.tenant) ? tenants.get(party.tenant).size() : 0;
    boolean same = own > 0 && tenants.get(party.tenant).containsKey(party.actor);
    return tenants.size() > (own > 0 ? 1 : 0) || own > (same ? 1 : 0);
  }

  /**
   * Takes what is next, or returns null if there is nothing that may run.
   *
   * @param most how much of the tenant of a thing may be polled before it is released
   */
  T poll(ToIntFunction<T> most) {
    for (String tenant : tenants.keySet()) {
      Map<String, Deque<T>> actors = tenants.get(tenant);
      Map.Entry<String, Deque<T>> first = actors.entrySet().iterator().next();
      if (running(tenant) < most.applyAsInt(first.getValue().peekFirst())) {
        T item = first.getValue().removeFirst();
        running.merge(tenant, 1, Integer::sum);
        goBehind(tenant, actors, first.getKey());
        shrink(tenant);
        return item;
      }
    }
    return null;
  }

  private void goBehind(String tenant, Map<String, Deque<T>> actors, String actor) {
    Deque<T> rest = actors.remove(actor);
    if (!rest.isEmpty()) {
      actors.put(actor, rest);
    }
    tenants.remove(tenant);
    if (!actors.isEmpty()) {
      tenants.put(tenant, actors);
    }
  }

  private void shrink(String tenant) {
    sizes.computeIfPresent(tenant, (name, size) -> size == 1 ? null : size - 1);
  }

  /** Says that something that was polled has ended. */
  void release(String tenant) {
    running.computeIfPresent(tenant, (name, count) -> count == 1 ? null : count - 1);
  }

  /** Takes out something that waits. */
  void remove(Party party, T item) {
    Map<String, Deque<T>> actors = tenants.get(party.tenant);
    Iterator<Map.Entry<String, Deque<T>>> lines = actors.entrySet().iterator();
    while (lines.hasNext()) {
      Map.Entry<String, Deque<T>> line = lines.next();
      if (line.getKey().equals(party.actor) && line.getValue().remove(item)) {
        shrink(party.tenant);
        if (line.getValue().isEmpty()) {
          lines.remove();
        }
      }
    }
    if (actors.isEmpty()) {
      tenants.remove(party.tenant);
    }
  }
}
