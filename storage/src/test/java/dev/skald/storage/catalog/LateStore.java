package dev.skald.storage.catalog;

import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Holds a put back, tells its caller that it has failed, and lets it through later. */
final class LateStore implements ObjectStore {
  private final ObjectStore store;
  private boolean holding;
  private String heldKey;
  private List<ByteBuffer> held;

  LateStore(ObjectStore store) {
    this.store = store;
  }

  void holdNext() {
    holding = true;
  }

  void letThrough() throws IOException {
    store.putIfAbsent(heldKey, held);
  }

  @Override
  public void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException {
    if (holding) {
      holding = false;
      heldKey = key;
      held = chunks;
      throw new IOException("timed out");
    }
    store.putIfAbsent(key, chunks);
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    return store.get(key, offset, length);
  }

  @Override
  public void put(String key, List<ByteBuffer> chunks) throws IOException {
    store.put(key, chunks);
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
