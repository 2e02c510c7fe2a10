package dev.skald.storage.segment;

import dev.skald.storage.object.ObjectStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One object that is read by ranges and never written, wherever it lies. */
public interface SegmentBytes {

  /** Returns how people call the object: a path, a key or an address. */
  String name();

  /**
   * Returns its length in bytes.
   *
   * @throws NoSuchFileException if it is not there
   */
  long size() throws IOException;

  /**
   * Reads a range.
   *
   * @return exactly {@code length} bytes
   * @throws EOFException if the object ends before the range does
   */
  byte[] get(long offset, int length) throws IOException;

  /** Returns an object of a store. */
  static SegmentBytes of(ObjectStore store, String key) {
    return new SegmentBytes() {
      @Override
      public String name() {
        return key;
      }

      @Override
      public long size() throws IOException {
        return store.size(key);
      }

      @Override
      public byte[] get(long offset, int length) throws IOException {
        return store.get(key, offset, length);
      }
    };
  }

  /** Returns a file, which is opened anew for each range. */
  static SegmentBytes of(Path file) {
    return new SegmentBytes() {
      @Override
      public String name() {
        return file.toString();
      }

      @Override
      public long size() throws IOException {
        if (Files.isDirectory(file)) {
          throw new IOException(file + " is a directory, wanted a file");
        }
        return Files.size(file);
      }

      @Override
      public byte[] get(long offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          ByteBuffer buffer = ByteBuffer.allocate(length);
          while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
              throw new EOFException(file + " ends at byte " + (offset + buffer.position()));
            }
          }
          return buffer.array();
        }
      }
    };
  }
}
