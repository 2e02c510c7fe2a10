package dev.skald.storage.object;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A store far away: counts gets and lets none pass while its gate is shut, so that a test sees what
 * is under way at the same time.
 */
public final class GatedStore implements ObjectStore {
  /** A range that was asked for. */
  public record Get(String key, long offset, int length) {}

  private final ObjectStore store;
  private final List<Get> gets = new ArrayList<>();
  private CountDownLatch gate = new CountDownLatch(0);
  private IOException failure;

  public GatedStore(ObjectStore store) {
    this.store = store;
  }

  public synchronized void shut() {
    gate = new CountDownLatch(1);
  }

  public synchronized void open() {
    gate.countDown();
  }

  /** From now on gets fail; null for never mind. */
  public synchronized void fail(IOException with) {
    failure = with;
  }

  public synchronized List<Get> gets() {
    return List.copyOf(gets);
  }

  public synchronized void forgetGets() {
    gets.clear();
  }

  /** Waits until so many gets have come. */
  public synchronized void awaitGets(int count) throws InterruptedException {
    while (gets.size() < count) {
      wait();
    }
  }

  private synchronized CountDownLatch arrive(Get get) {
    gets.add(get);
    notifyAll();
    return gate;
  }

  private synchronized void failIfTold() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    try {
      arrive(new Get(key, offset, length)).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    failIfTold();
    return store.get(key, offset, length);
  }

  @Override
  public void put(String key, List<ByteBuffer> chunks) throws IOException {
    store.put(key, chunks);
  }

  @Override
  public void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException {
    store.putIfAbsent(key, chunks);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public void delete(String key) throws IOException {
    store.delete(key);
  }

  @Override
  public long size(String key) throws IOException {
    return store.size(key);
  }
}
