package dev.skald.storage.compact;

import dev.skald.storage.object.Directories;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A directory for segments that are being made. Safe for use by any thread. */
public final class WorkingDirectory {
  private static final String PREFIX = "merge-";
  private static final String SUFFIX = ".seg";

  private final Path directory;
  private final AtomicLong next = new AtomicLong();

  private WorkingDirectory(Path directory) {
    this.directory = directory;
  }

  /** Removes what an earlier process has left. The directory is made when it is needed. */
  public static WorkingDirectory open(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> left =
          Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
    }
    return new WorkingDirectory(directory);
  }

  /** Returns the name of a file that is not there, in a directory that is. */
  Path newFile() throws IOException {
    Directories.createDurably(directory);
    return directory.resolve(PREFIX + next.getAndIncrement() + SUFFIX);
  }
}
