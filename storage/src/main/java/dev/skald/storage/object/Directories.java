package dev.skald.storage.object;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Directories whose entries outlive a crash. */
public final class Directories {
  private Directories() {}

  /** Makes a directory and those above it, and syncs the parent of each one made. */
  public static void createDurably(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      createDurably(parent);
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException madeByAnother) {
      if (!Files.isDirectory(directory)) {
        throw madeByAnother;
      }
    }
    if (parent != null) {
      sync(parent);
    }
  }

  /** Makes the names in a directory durable, that is, what was created, renamed or removed. */
  public static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
