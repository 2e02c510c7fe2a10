package dev.skald.config;

import java.nio.file.Path;

/**
 * Where segments live ({@code storage_config}, {@code common.storage} and the newest period of
 * {@code schema_config}).
 *
 * @param directory local home of segments ({@code filesystem.directory}); with {@link Kind#S3} a
 *     place for what is on its way there
 * @param s3 the bucket; {@link S3Config#none()} unless the kind is S3
 * @param zstdLevel how hard pages are compressed at the first seal (Skald's own key)
 * @param readerCacheBytes memory for opened segments (Skald's own key)
 * @param pageCacheBytes space below the directory for what was read from S3, 0 for none (Skald's
 *     own key)
 */
public record StorageConfig(
    Kind kind,
    Path directory,
    S3Config s3,
    int zstdLevel,
    long readerCacheBytes,
    long pageCacheBytes) {
  /** What holds the segments. */
  public enum Kind {
    FILESYSTEM,
    S3
  }

  public StorageConfig {
    Check.present(kind, "object store");
    Check.present(directory, "storage_config.filesystem.directory");
    Check.present(s3, "storage_config.aws");
    Check.within(zstdLevel, 1, 19, "storage_config.zstd_level");
    Check.notNegative(readerCacheBytes, "storage_config.reader_cache_bytes");
    Check.notNegative(pageCacheBytes, "storage_config.page_cache_bytes");
    if (kind == Kind.S3 && s3.buckets().isEmpty()) {
      throw new IllegalArgumentException("at least one bucket name must be specified");
    }
  }

  public static StorageConfig defaults() {
    return new StorageConfig(
        Kind.FILESYSTEM, Path.of("data", "chunks"), S3Config.none(), 6, 64L << 20, 1L << 30);
  }
}
