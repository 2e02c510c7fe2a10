package dev.skald.server;

import dev.skald.config.HttpConfig;
import dev.skald.config.SkaldConfig;
import dev.skald.config.StorageConfig;

/** What a person reads who has started the server by hand. */
final class Welcome {
  private Welcome() {}

  static String text(SkaldConfig config, int port) {
    HttpConfig http = config.server().http();
    String scheme = http.tls().enabled() ? "https" : "http";
    String address = scheme + "://localhost:" + port + http.pathPrefix();
    return """
    Skald listens on %s
    Data is in %s, the write-ahead log in %s

    Push a line:
      curl -H 'Content-Type: application/json' %s/loki/api/v1/push \\
        -d '{"streams":[{"stream":{"app":"demo"},"values":[["'$(date +%%s%%N)'","hello, Skald"]]}]}'
    Read it back:
      curl -G %s/loki/api/v1/query_range --data-urlencode 'query={app="demo"} |= "hello"'
    """
        .formatted(
            address,
            place(config.storage()),
            config.ingester().wal().directory().toAbsolutePath().normalize(),
            address,
            address);
  }

  private static String place(StorageConfig storage) {
    return switch (storage.kind()) {
      case FILESYSTEM -> storage.directory().toAbsolutePath().normalize().toString();
      case S3 -> "S3, in " + String.join(", ", storage.s3().buckets());
    };
  }
}
