package dev.skald.storage.object;

import dev.skald.storage.object.ObjectStoreListener.Operation;
import dev.skald.storage.object.ObjectStoreListener.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** Tells a listener of every operation on another store. */
public final class MeteredStore implements ObjectStore {
  private final ObjectStore store;
  private final ObjectStoreListener listener;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public MeteredStore(ObjectStore store, ObjectStoreListener listener, LongSupplier nanoTime) {
    this.store = store;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    return metered(Operation.GET, () -> store.get(key, offset, length), content -> content.length);
  }

  @Override
  public void put(String key, List<ByteBuffer> chunks) throws IOException {
    metered(
        Operation.PUT,
        () -> {
          store.put(key, chunks);
          return chunks;
        },
        MeteredStore::bytes);
  }

  @Override
  public void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException {
    metered(
        Operation.PUT_IF_ABSENT,
        () -> {
          store.putIfAbsent(key, chunks);
          return chunks;
        },
        MeteredStore::bytes);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return metered(Operation.LIST, () -> store.list(prefix), keys -> 0);
  }

  @Override
  public void delete(String key) throws IOException {
    metered(
        Operation.DELETE,
        () -> {
          store.delete(key);
          return key;
        },
        deleted -> 0);
  }

  @Override
  public long size(String key) throws IOException {
    return metered(Operation.SIZE, () -> store.size(key), size -> 0);
  }

  @Override
  public void removeUnfinished() throws IOException {
    store.removeUnfinished();
  }

  private static long bytes(List<ByteBuffer> chunks) {
    long bytes = 0;
    for (ByteBuffer chunk : chunks) {
      bytes += chunk.remaining();
    }
    return bytes;
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private <T> T metered(Operation operation, Action<T> action, ToLongFunction<T> bytes)
      throws IOException {
    long start = nanoTime.getAsLong();
    Outcome outcome = Outcome.FAILED;
    long moved = 0;
    try {
      T result = action.run();
      outcome = Outcome.OK;
      moved = bytes.applyAsLong(result);
      return result;
    } catch (NoSuchFileException absent) {
      outcome = Outcome.ABSENT;
      throw absent;
    } catch (FileAlreadyExistsException taken) {
      outcome = Outcome.TAKEN;
      throw taken;
    } finally {
      listener.finished(operation, outcome, nanoTime.getAsLong() - start, moved);
    }
  }
}
