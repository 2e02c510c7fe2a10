package dev.skald.storage;

import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Passes calls on until the n-th; from then on every call fails, as if the process had died. */
final class FailingStore implements ObjectStore {
  private final ObjectStore store;
  private int left;

  FailingStore(ObjectStore store, int goodCalls) {
    this.store = store;
    this.left = goodCalls;
  }

  private void call() throws IOException {
    if (left-- <= 0) {
      throw new IOException("no space left on device");
    }
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    call();
    return store.get(key, offset, length);
  }

  @Override
  public void put(String key, List<ByteBuffer> chunks) throws IOException {
    call();
    store.put(key, chunks);
  }

  @Override
  public void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException {
    call();
    store.putIfAbsent(key, chunks);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    call();
    return store.list(prefix);
  }

  @Override
  public void delete(String key) throws IOException {
    call();
    store.delete(key);
  }

  @Override
  public long size(String key) throws IOException {
    call();
    return store.size(key);
  }
}
