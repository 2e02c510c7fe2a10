package dev.skald.ingester;

import dev.skald.ingester.Entries.Entry;
import dev.skald.logql.batch.Batch;
import dev.skald.storage.SealEffort;
import dev.skald.storage.catalog.HeadId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Storage in memory that outlives the ingester, and fails or stops half way when told to. */
final class FakeStorage implements SealedHeads {
  private final Map<String, List<Entry>> entries = new TreeMap<>();
  private final Set<HeadId> sealed = new HashSet<>();
  private final Set<HeadId> forgotten = new HashSet<>();
  private long next;
  private int failures;
  private Error error;
  private boolean diesAfterSeal;
  private boolean takenOver;
  private HeadId poisoned;
  private final Set<SealEffort> efforts = EnumSet.noneOf(SealEffort.class);
  private final Faults faults;

  FakeStorage(Faults faults) {
    this.faults = faults;
  }

  /** The next seals fail before anything is stored. */
  synchronized void failNext(int seals) {
    failures = seals;
  }

  /** The next seal ends with an error before anything is stored. */
  synchronized void failNextWith(Error e) {
    error = e;
  }

  /** No seal of this head ever works. */
  synchronized void failAlways(HeadId head) {
    poisoned = head;
  }

  /** The next seals store everything, but the ingester does not live to hear of it. */
  synchronized void dieAfterSeal() {
    diesAfterSeal = true;
  }

  /** Another process has taken over: no seal works ever again. */
  synchronized void takenOver() {
    takenOver = true;
  }

  synchronized void recover() {
    poisoned = null;
    failures = 0;
    diesAfterSeal = false;
  }

  @Override
  public synchronized void seal(HeadId head, Map<String, Batch> byTenant, SealEffort effort)
      throws IOException {
    if (error != null) {
      Error thrown = error;
      error = null;
      throw thrown;
    }
    if (takenOver) {
      throw new IOException("another has taken over");
    }
    if (head.equals(poisoned)) {
      throw new IllegalStateException("this head is poison");
    }
    if (failures > 0) {
      failures--;
      throw new IOException("the store is away");
    }
    efforts.add(effort);
    faults.act(() -> store(head, byTenant));
    if (diesAfterSeal) {
      throw new IOException("died after the seal");
    }
  }

  private void store(HeadId head, Map<String, Batch> byTenant) {
    if (sealed.add(head)) {
      next = Math.max(next, head.number() + 1);
      byTenant.forEach(
          (tenant, batch) ->
              entries.computeIfAbsent(tenant, name -> new ArrayList<>()).addAll(Entries.of(batch)));
    }
  }

  /** Returns how much seals might cost so far. */
  synchronized Set<SealEffort> efforts() {
    return Set.copyOf(efforts);
  }

  @Override
  public synchronized boolean isSealed(HeadId head) {
    return sealed.contains(head);
  }

  @Override
  public synchronized void forget(List<HeadId> heads) {
    forgotten.addAll(heads);
  }

  @Override
  public synchronized long nextHeadNumber() {
    return next;
  }

  @Override
  public synchronized Optional<String> refusal() {
    return takenOver ? Optional.of("another has taken over") : Optional.empty();
  }

  /** One consistent view. */
  record Snapshot(List<Entry> entries, Set<HeadId> sealed) {}

  synchronized Snapshot snapshot(String tenant) {
    return new Snapshot(entries(tenant), sealed());
  }

  synchronized List<Entry> entries(String tenant) {
    return List.copyOf(entries.getOrDefault(tenant, List.of()));
  }

  synchronized Set<HeadId> sealed() {
    return Set.copyOf(sealed);
  }

  synchronized Set<HeadId> forgotten() {
    return Set.copyOf(forgotten);
  }
}
