package dev.skald.ruler.remotewrite;

import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A store that has no room until it is told that it has. */
final class FullStore implements ObjectStore {
  private final ObjectStore store;
  private volatile boolean room;

  FullStore(ObjectStore store) {
    this.store = store;
  }

  void hasRoom(boolean yes) {
    room = yes;
  }

  private void checkRoom() throws IOException {
    if (!room) {
      throw new IOException("no space left on device");
    }
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    return store.get(key, offset, length);
  }

  @Override
  public void put(String key, List<ByteBuffer> chunks) throws IOException {
    checkRoom();
    store.put(key, chunks);
  }

  @Override
  public void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException {
    checkRoom();
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
