package dev.skald.storage.testing;

import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A store that goes wrong when and how a test says, and is sound again once it is told to heal.
 * {@link Mishaps} has the ways to go wrong. Safe for use by any thread.
 *
 * <pre>{@code
 * store.atNth(3, Call.puts(), Mishaps.lostAnswer());
 * store.always(Call.gets().and(Call.under("segments/")), Mishaps.unavailable());
 * }</pre>
 */
public final class FaultyStore implements ObjectStore {
  /** The two plainest mishaps, for tests that try one at every call. */
  public enum Fault {
    /** The call has no effect. */
    BEFORE,
    /** It has its effect, but the caller does not learn of it. */
    AFTER
  }

  private final ObjectStore store;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final AtomicLong calls = new AtomicLong();
  private volatile boolean hasFailed;

  public FaultyStore(ObjectStore store) {
    this.store = store;
  }

  /** When a mishap happens: at those of its calls that are the first to the last. */
  private record Rule(
      Predicate<Call> which, long first, long last, Mishap mishap, AtomicLong matched) {
    boolean applies(Call call) {
      if (!which.test(call)) {
        return false;
      }
      long number = matched.incrementAndGet();
      return number >= first && number <= last;
    }
  }

  /** Goes wrong at each such call from now on. */
  public FaultyStore always(Predicate<Call> which, Mishap mishap) {
    return fromNth(1, which, mishap);
  }

  /** Goes wrong at the n-th such call from now, counted from 1, and only there. */
  public FaultyStore atNth(long n, Predicate<Call> which, Mishap mishap) {
    rules.add(new Rule(which, n, n, mishap, new AtomicLong()));
    return this;
  }

  /** Goes wrong at the n-th such call from now and at all after it, as if the process had died. */
  public FaultyStore fromNth(long n, Predicate<Call> which, Mishap mishap) {
    rules.add(new Rule(which, n, Long.MAX_VALUE, mishap, new AtomicLong()));
    return this;
  }

  /**
   * Fails one call, and nothing else that it was told before.
   *
   * @param next how many calls from now on still work
   */
  public FaultyStore failAfter(long next, Fault how) {
    heal();
    return atNth(next + 1, Call.any(), mishap(how));
  }

  /** Fails a call and all that come after it, which have no effect. */
  public FaultyStore dieAfter(long next, Fault how) {
    failAfter(next, how);
    return fromNth(next + 2, Call.any(), Mishaps.unavailable());
  }

  private static Mishap mishap(Fault how) {
    return how == Fault.BEFORE ? Mishaps.unavailable() : Mishaps.lostAnswer();
  }

  /** Does from now on what it is asked to. */
  public void heal() {
    rules.clear();
    hasFailed = false;
  }

  /** Returns whether anything has gone wrong since it was last told to heal. */
  public boolean hasFailed() {
    return hasFailed;
  }

  /** Returns how many calls there have been, those that went wrong among them. */
  public long calls() {
    return calls.get();
  }

  /** The first rule that applies decides; the others have counted the call nevertheless. */
  private <T> T run(Call call, Mishap.Effect<T> effect) throws IOException {
    calls.incrementAndGet();
    Mishap chosen = null;
    for (Rule rule : rules) {
      if (rule.applies(call) && chosen == null) {
        chosen = rule.mishap;
      }
    }
    if (chosen == null) {
      return effect.happen();
    }
    hasFailed = true;
    return chosen.strike(call, effect);
  }

  private static long length(List<ByteBuffer> chunks) {
    return chunks.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    Call call = new Call(Call.Operation.GET, key, offset, length);
    return run(call, () -> store.get(key, offset, length));
  }

  @Override
  public void put(String key, List<ByteBuffer> chunks) throws IOException {
    run(
        new Call(Call.Operation.PUT, key, 0, length(chunks)),
        () -> {
          store.put(key, chunks);
          return null;
        });
  }

  @Override
  public void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException {
    run(
        new Call(Call.Operation.PUT_IF_ABSENT, key, 0, length(chunks)),
        () -> {
          store.putIfAbsent(key, chunks);
          return null;
        });
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return run(new Call(Call.Operation.LIST, prefix, 0, 0), () -> store.list(prefix));
  }

  @Override
  public void delete(String key) throws IOException {
    run(
        new Call(Call.Operation.DELETE, key, 0, 0),
        () -> {
          store.delete(key);
          return null;
        });
  }

  @Override
  public long size(String key) throws IOException {
    return run(new Call(Call.Operation.SIZE, key, 0, 0), () -> store.size(key));
  }

  /** Counts as no call: it is housekeeping before the first one. */
  @Override
  public void removeUnfinished() throws IOException {
    store.removeUnfinished();
  }
}
