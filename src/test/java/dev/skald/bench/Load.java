package dev.skald.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Pushes bodies over some connections at once, each as often as it takes. */
final class Load {
  private static final int CONNECTIONS = 4;

  private Load() {}

  /** Returns how often the server has refused one for the moment. */
  static int push(String address, List<byte[]> bodies) throws Exception {
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger next = new AtomicInteger();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Callable<Void> worker =
        () -> {
          for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
            refused.addAndGet(send(client, address, bodies.get(i)));
          }
          return null;
        };
    try (ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Callable<Void>> all = java.util.Collections.nCopies(CONNECTIONS, worker);
      for (Future<Void> done : workers.invokeAll(all)) {
        done.get();
      }
    }
    return refused.get();
  }

  private static int send(HttpClient client, String address, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/loki/api/v1/push"))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    int refused = 0;
    while (response.statusCode() == 429 || response.statusCode() >= 500) {
      refused++;
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    if (response.statusCode() != 204) {
      throw new IOException("push got " + response.statusCode() + ": " + response.body());
    }
    return refused;
  }
}
