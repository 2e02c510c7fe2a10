package dev.skald.storage.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a directory for this process; the system lets go of it when the process ends.
 *
 * <p>POSIX drops a process's lock when the process closes any descriptor of the file, even one that
 * never held it. So a second attempt within the process must not open the file at all: whoever
 * holds it is noted in the system properties, the one table that all of a process shares and that
 * ends with it. A marker file would do as well, but stays behind after a crash.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "lock";
  private static final String HELD = "skald.lock.";

  private final FileChannel channel;
  private final String property;

  private DirectoryLock(FileChannel channel, String property) {
    this.channel = channel;
    this.property = property;
  }

  /**
   * Takes the lock of a data directory.
   *
   * @throws IOException if another process, or someone else in this one, holds it
   */
  public static DirectoryLock take(Path directory) throws IOException {
    return take(directory, FILE);
  }

  /**
   * Takes the lock that a file of a directory stands for.
   *
   * @throws IOException if another process, or someone else in this one, holds it
   */
  public static DirectoryLock take(Path directory, String file) throws IOException {
    String property = HELD + directory.toRealPath().resolve(file);
    if (System.getProperties().putIfAbsent(property, "held") != null) {
      throw inUse(directory);
    }
    try {
      return new DirectoryLock(lock(directory, file), property);
    } catch (IOException | RuntimeException failure) {
      System.clearProperty(property);
      throw failure;
    }
  }

  private static FileChannel lock(Path directory, String file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(directory);
      }
      return channel;
    } catch (OverlappingFileLockException heldInThisProcess) {
      channel.close();
      throw inUse(directory);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  private static IOException inUse(Path directory) {
    return new IOException(
        "the data directory "
            + directory
            + " is in use by another Skald; one at a time may open it");
  }

  /** Lets go of the directory; a second time changes nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        channel.close();
      } finally {
        System.clearProperty(property);
      }
    }
  }
}
