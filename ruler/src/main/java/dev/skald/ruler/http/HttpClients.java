package dev.skald.ruler.http;

import dev.skald.config.TlsClientConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Makes the clients that {@link Poster} wants. */
public final class HttpClients {
  private HttpClients() {}

  /**
   * @param connectTimeout how long a connection may take to come about
   * @param executor runs what the client does beside waiting for the network
   * @throws IOException if a certificate or key cannot be read; says which file
   */
  public static HttpClient open(TlsClientConfig tls, Duration connectTimeout, Executor executor)
      throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .executor(executor);
    if (!tls.equals(TlsClientConfig.NONE)) {
      builder.sslContext(TlsContexts.open(tls));
    }
    return builder.build();
  }
}
