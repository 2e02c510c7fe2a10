package dev.skald.storage.object;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Reads ranges of immutable objects. Safe for use by any thread. */
public interface RangeReader {

  /**
   * Reads a range of an object.
   *
   * @param size length of the object; what is read beside the range never goes beyond it
   * @return exactly {@code length} bytes
   * @throws NoSuchFileException if there is no such object
   * @throws EOFException if the object ends before the range does
   */
  byte[] read(String key, long size, long offset, int length) throws IOException;

  /**
   * Returns how many bytes that nobody wants may lie between two wanted ranges so that one read of
   * everything is still as good as two reads: what passes in the time that one more read takes to
   * begin.
   */
  int gap();
}
