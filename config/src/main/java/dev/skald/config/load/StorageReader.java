package dev.skald.config.load;

import dev.skald.config.S3Config;
import dev.skald.config.StorageConfig;
import dev.skald.config.StorageConfig.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code storage_config} as a record; which store counts is the newest schema period's word. */
final class StorageReader {
  private final Settings root;
  private final Settings storage;

  StorageReader(Settings root) {
    this.root = root;
    this.storage = root.block("storage_config");
  }

  StorageConfig read() {
    String store = objectStore();
    return switch (store) {
      case "filesystem", "local" -> config(Kind.FILESYSTEM, directory(), S3Config.none());
      case "s3", "aws", "aws-dynamo" -> config(Kind.S3, directory(), s3().withPrefix(prefix()));
      default -> named(store);
    };
  }

  private StorageConfig config(Kind kind, Path directory, S3Config s3) {
    return new StorageConfig(
        kind,
        directory,
        s3,
        storage.integer("zstd_level"),
        storage.number("reader_cache_bytes"),
        storage.number("page_cache_bytes"));
  }

  private StorageConfig named(String store) {
    Settings stores = storage.block("named_stores");
    Map<String, Settings> buckets = stores.namedBlocks("aws");
    Map<String, Settings> directories = stores.namedBlocks("filesystem");
    if (buckets.containsKey(store)) {
      S3Config s3 = S3Reader.read(buckets.get(store));
      return config(Kind.S3, directory(), s3.withPrefix(prefix()));
    }
    if (directories.containsKey(store)) {
      Path directory = Path.of(directories.get(store).text("directory"));
      return config(Kind.FILESYSTEM, directory, S3Config.none());
    }
    throw new IllegalArgumentException(
        "object_store \"%s\" is not supported; Skald keeps data in: filesystem, s3"
            .formatted(store));
  }

  /** The newest period's store; without periods S3 if a bucket is configured. */
  private String objectStore() {
    List<Settings> periods = root.block("schema_config").blocks("configs");
    Optional<String> named =
        periods.isEmpty()
            ? Optional.empty()
            : Optional.of(periods.getLast().text("object_store")).filter(s -> !s.isEmpty());
    boolean thanos = storage.flag("use_thanos_objstore");
    boolean bucket =
        thanos ? storage.block("object_store").isChanged("s3") : storage.isChanged("aws");
    return named.orElse(bucket ? "s3" : "filesystem");
  }

  private S3Config s3() {
    return storage.flag("use_thanos_objstore")
        ? S3Reader.readThanos(storage.block("object_store").block("s3"))
        : S3Reader.read(storage.block("aws"));
  }

  private String prefix() {
    String prefix =
        storage.flag("use_thanos_objstore")
            ? storage.block("object_store").text("storage_prefix")
            : storage.text("object_prefix");
    return S3Reader.prefix(prefix);
  }

  private Path directory() {
    String thanos = storage.block("object_store").block("filesystem").text("dir");
    return storage.flag("use_thanos_objstore") && !thanos.isEmpty()
        ? Path.of(thanos)
        : storage.block("filesystem").file("directory");
  }
}
