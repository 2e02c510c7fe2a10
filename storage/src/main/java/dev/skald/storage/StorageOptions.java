package dev.skald.storage;

import dev.skald.storage.object.CorruptionListener;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link Storage} is opened.
 *
 * @param directory is locked by the process that writes; objects on the file system lie there too
 * @param zstdLevel how hard pages are compressed when a head is sealed, 1 to 19
 * @param readerCacheBytes how much memory opened segments (footers, stream dictionaries) may take
 * @param corruption hears of every bad page, footer or catalog record
 * @param remote how a store that is far away is read; none for one on this machine
 */
public record StorageOptions(
    Path directory,
    int zstdLevel,
    long readerCacheBytes,
    CorruptionListener corruption,
    Optional<RemoteReads> remote) {
  public StorageOptions {
    Objects.requireNonNull(directory, "directory is null");
    Objects.requireNonNull(corruption, "corruption is null");
    Objects.requireNonNull(remote, "remote is null");
    if (zstdLevel < 1 || zstdLevel > 19) {
      throw new IllegalArgumentException("zstd level " + zstdLevel + ", wanted 1 to 19");
    }
    if (readerCacheBytes < 0) {
      throw new IllegalArgumentException("negative cache size: " + readerCacheBytes);
    }
  }

  /** Returns the usual options for a directory; bad bytes are logged but not counted. */
  public static StorageOptions in(Path directory) {
    return new StorageOptions(directory, 1, 64L << 20, corruption -> {}, Optional.empty());
  }

  public StorageOptions withCorruption(CorruptionListener listener) {
    return new StorageOptions(directory, zstdLevel, readerCacheBytes, listener, remote);
  }

  public StorageOptions withRemote(RemoteReads reads) {
    return new StorageOptions(
        directory, zstdLevel, readerCacheBytes, corruption, Optional.of(reads));
  }
}
