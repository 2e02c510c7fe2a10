package dev.skald.storage.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a directory for this process; the system lets go of it when the process ends. */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
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
    FileChannel channel =
        FileChannel.open(
            directory.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        throw new IOException(
            "the data directory "
                + directory
                + " is in use by another Skald; one at a time may open it");
      }
      return new DirectoryLock(channel);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
