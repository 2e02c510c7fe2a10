package dev.skald.storage.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * Immutable objects under keys such as {@code segments/team-a/20413/17.seg}.
 *
 * <p>A key is one or more parts joined by {@code /}; no part is empty, {@code .} or {@code ..}, and
 * none holds a NUL or a backslash. An object is seen whole or not at all, and is durable once the
 * call that wrote it has returned. Safe for use by any thread.
 */
public interface ObjectStore {

  /**
   * Reads a range of an object.
   *
   * @return exactly {@code length} bytes
   * @throws NoSuchFileException if there is no such object
   * @throws java.io.EOFException if the object ends before the range does
   */
  byte[] get(String key, long offset, int length) throws IOException;

  /**
   * Writes an object, in place of an older one of that key.
   *
   * @param chunks the content, in order; not changed, and not moved in position
   */
  void put(String key, List<ByteBuffer> chunks) throws IOException;

  /**
   * Writes an object unless there is one. Over a network the answer to an attempt may be lost, and
   * the next attempt of the same call finds what the first has written: whoever has to know whose
   * object it is reads it.
   *
   * @throws FileAlreadyExistsException if the key is taken; that object is unchanged
   */
  void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException;

  /** Returns the keys that begin with a prefix, in order; any text may be a prefix. */
  List<String> list(String prefix) throws IOException;

  /** Removes an object; one that is not there is no error. */
  void delete(String key) throws IOException;

  /**
   * Returns the length of an object in bytes.
   *
   * @throws NoSuchFileException if there is no such object
   */
  long size(String key) throws IOException;

  /**
   * Removes what calls that a crash has cut short have left behind, where that is not seen as an
   * object. Only for a process that alone writes the store.
   */
  default void removeUnfinished() throws IOException {
    // Most stores leave nothing.
  }
}
