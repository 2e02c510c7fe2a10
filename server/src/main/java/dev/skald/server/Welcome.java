package dev.skald.server;

import dev.skald.config.SkaldConfig;

/** What a person reads who has started the server by hand. */
final class Welcome {
  private Welcome() {}

  static String text(SkaldConfig config, int port) {
    String address = "http://localhost:" + port + config.server().http().pathPrefix();
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
            config.storage().directory().toAbsolutePath().normalize(),
            config.ingester().wal().directory().toAbsolutePath().normalize(),
            address,
            address);
  }
}
