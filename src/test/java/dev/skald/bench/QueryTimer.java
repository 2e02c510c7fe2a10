package dev.skald.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks one query several times and tells what it takes. */
final class QueryTimer {
  private static final int WARMUP = 5;
  private static final int RUNS = 10;

  private final ServerProcess server;
  private final HttpClient client = HttpClient.newHttpClient();
  private String lastBody = "";

  QueryTimer(ServerProcess server) {
    this.server = server;
  }

  /**
   * @param firstMillis wall time of the very first run
   * @param wallMillis median wall time
   * @param cpuMillis CPU time of the server a run
   * @param bytes size of the reply
   */
  record Timing(double firstMillis, double wallMillis, double cpuMillis, int bytes) {}

  Timing time(Queries.Query query) throws IOException, InterruptedException {
    URI uri = URI.create(server.address() + "/loki/api/v1/query_range?" + parameters(query));
    double first = ask(uri);
    for (int i = 1; i < WARMUP; i++) {
      ask(uri);
    }
    double[] walls = new double[RUNS];
    double cpu = server.cpuSeconds();
    for (int i = 0; i < RUNS; i++) {
      walls[i] = ask(uri);
    }
    cpu = server.cpuSeconds() - cpu;
    Arrays.sort(walls);
    return new Timing(first, walls[RUNS / 2], cpu * 1000 / RUNS, lastBody.length());
  }

  /** Asks the server how many entries it holds for the day. */
  long countEntries() throws IOException, InterruptedException {
    return countEntries(Queries.END);
  }

  /** Asks the server how many entries it holds for the 24 hours before a time. */
  long countEntries(long end) throws IOException, InterruptedException {
    String query = "sum(count_over_time({service_name=~\".+\"}[24h]))";
    ask(
        URI.create(
            server.address()
                + "/loki/api/v1/query?time="
                + end
                + "&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8)));
    Matcher value = Pattern.compile("\"value\":\\[[^,]*,\"(\\d+)\"").matcher(lastBody);
    if (!value.find()) {
      return 0;
    }
    return Long.parseLong(value.group(1));
  }

  private double ask(URI uri) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<byte[]> response =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    double millis = (System.nanoTime() - start) / 1e6;
    if (response.statusCode() != 200) {
      throw new IOException(
          "query got "
              + response.statusCode()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    lastBody = new String(response.body(), StandardCharsets.UTF_8);
    return millis;
  }

  private static String parameters(Queries.Query query) {
    return "query="
        + URLEncoder.encode(query.text(), StandardCharsets.UTF_8)
        + "&start="
        + Queries.START
        + "&end="
        + Queries.END
        + "&direction=backward"
        + (query.logs() ? "&limit=100" : "&step=300");
  }
}
