package dev.skald.storage.object;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps objects in memory, where a test can change them, and counts the reads. */
public final class MemoryStore implements ObjectStore {
  public final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  public long reads;
  public long bytesRead;

  @Override
  public byte[] get(String key, long offset, int length) throws NoSuchFileException, EOFException {
    byte[] object = object(key);
    if (offset < 0 || offset + length > object.length) {
      throw new EOFException(key + " ends at byte " + object.length);
    }
    reads++;
    bytesRead += length;
    return Arrays.copyOfRange(object, (int) offset, (int) offset + length);
  }

  private byte[] object(String key) throws NoSuchFileException {
    byte[] object = objects.get(key);
    if (object == null) {
      throw new NoSuchFileException(key);
    }
    return object;
  }

  @Override
  public void put(String key, List<ByteBuffer> chunks) {
    objects.put(key, join(chunks));
  }

  public static byte[] join(List<ByteBuffer> chunks) {
    ByteBuffer joined = ByteBuffer.allocate(chunks.stream().mapToInt(ByteBuffer::remaining).sum());
    chunks.forEach(chunk -> joined.put(chunk.duplicate()));
    return joined.array();
  }

  @Override
  public void putIfAbsent(String key, List<ByteBuffer> chunks) throws FileAlreadyExistsException {
    if (objects.putIfAbsent(key, join(chunks)) != null) {
      throw new FileAlreadyExistsException(key);
    }
  }

  @Override
  public List<String> list(String prefix) {
    return new ArrayList<>(
        objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList());
  }

  @Override
  public void delete(String key) {
    objects.remove(key);
  }

  @Override
  public long size(String key) throws NoSuchFileException {
    return object(key).length;
  }
}
