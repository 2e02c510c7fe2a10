package dev.skald.storage.compact;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The volume that a directory lies on. What only root may write to counts as used.
 *
 * @param directory is there
 */
public record DirectoryVolume(Path directory) implements SizeLimit.Volume {
  @Override
  public SizeLimit.Usage usage() throws IOException {
    FileStore store = Files.getFileStore(directory);
    long capacity = store.getTotalSpace();
    return new SizeLimit.Usage(capacity - store.getUsableSpace(), capacity);
  }
}
