package dev.skald.server;

import dev.skald.config.TlsClientConfig;
import dev.skald.ruler.http.HttpClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Asks a running server whether it is ready, for images that have no other client. */
final class HealthProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final TlsClientConfig ANY_CERTIFICATE = new TlsClientConfig("", "", "", "", true);

  private HealthProbe() {}

  static boolean ask(String url) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClients.open(tls(URI.create(url)), TIMEOUT, threads)) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * On this machine a certificate proves nothing that the probe needs to know, and seldom names
   * {@code localhost}; elsewhere it has to be sound.
   */
  private static TlsClientConfig tls(URI uri) throws IOException {
    boolean here = InetAddress.getByName(uri.getHost()).isLoopbackAddress();
    return here && "https".equals(uri.getScheme()) ? ANY_CERTIFICATE : TlsClientConfig.NONE;
  }
}
