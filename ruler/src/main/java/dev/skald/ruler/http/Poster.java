package dev.skald.ruler.http;

import dev.skald.config.HttpAuth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts bodies as one client that proves itself in one way. Safe for use by any thread. */
public final class Poster {
  private static final int MOST_REDIRECTS = 5;
  private static final int TEMPORARY_REDIRECT = 307;
  private static final int PERMANENT_REDIRECT = 308;

  private final HttpClient client;
  private final HttpAuth auth;
  private final Duration timeout;

  /**
   * @param client that follows no redirects of itself: it would make a GET of a POST
   * @param timeout of a request with its reply
   */
  public Poster(HttpClient client, HttpAuth auth, Duration timeout) {
    this.client = client;
    this.auth = auth;
    this.timeout = timeout;
  }

  /**
   * Sends a body and reads the reply. A redirect that keeps the method is followed; whoever it
   * leads to gets no {@code Authorization} unless it is the same host.
   *
   * @throws IOException if there was no reply in time
   */
  public Reply post(URI url, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    URI place = url;
    for (int redirects = 0; ; redirects++) {
      Excerpt excerpt = new Excerpt();
      boolean sameHost = origin(place).equals(origin(url));
      HttpResponse<Void> response = await(request(place, headers, body, sameHost), excerpt);
      Optional<URI> next = redirect(place, response);
      if (next.isEmpty() || redirects == MOST_REDIRECTS) {
        return new Reply(
            response.statusCode(),
            next.isEmpty() ? text(response, excerpt) : "more than 5 redirects",
            response.headers().firstValue("Retry-After").orElse(""));
      }
      place = next.get();
    }
  }

  private HttpRequest request(
      URI place, Map<String, String> headers, byte[] body, boolean authorized) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place)
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    if (authorized) {
      Authorization.header(auth).ifPresent(value -> request.setHeader("Authorization", value));
    }
    return request.build();
  }

  /** The timeout of the request itself ends with the reply's head. */
  private HttpResponse<Void> await(HttpRequest request, Excerpt excerpt)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(request, BodyHandlers.ofByteArrayConsumer(excerpt));
    try {
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole reply within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  private static Optional<URI> redirect(URI from, HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status != TEMPORARY_REDIRECT && status != PERMANENT_REDIRECT) {
      return Optional.empty();
    }
    return location(response).flatMap(text -> resolved(from, text));
  }

  private static Optional<URI> resolved(URI from, String location) {
    try {
      URI to = from.resolve(location);
      boolean web = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
      return web && to.getHost() != null ? Optional.of(to) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> location(HttpResponse<Void> response) {
    return response.headers().firstValue("Location");
  }

  private static String text(HttpResponse<Void> response, Excerpt excerpt) {
    return response.statusCode() / 100 == 3
        ? "redirects to " + location(response).orElse("nowhere")
        : excerpt.text();
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
