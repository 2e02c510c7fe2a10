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
  private static final long STEP_SECONDS = 300;

  private final ServerProcess server;
  private final HttpClient client = HttpClient.newHttpClient();
  private String lastBody = "";

  QueryTimer(ServerProcess server) {
    this.server = server;
  }

  /**
   * What a query takes where nothing is known of its answer, save for the last figure.
   *
   * @param firstMillis wall time of the very first run
   * @param wallMillis median wall time
   * @param cpuMillis CPU time of the server a run
   * @param refreshMillis CPU time of the server a run if each asks for one step later, as a
   *     dashboard does, and results may be kept; 0 for lines
   * @param bytes size of the reply
   */
  record Timing(
      double firstMillis, double wallMillis, double cpuMillis, double refreshMillis, int bytes) {}

  Timing time(Queries.Query query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(query, 0)).header("Cache-Control", "no-cache").build();
    double first = ask(request);
    for (int i = 1; i < WARMUP; i++) {
      ask(request);
    }
    double[] walls = new double[RUNS];
    double cpu = server.cpuSeconds();
    for (int i = 0; i < RUNS; i++) {
      walls[i] = ask(request);
    }
    cpu = server.cpuSeconds() - cpu;
    Arrays.sort(walls);
    double refresh = query.logs() ? 0 : refresh(query);
    return new Timing(first, walls[RUNS / 2], cpu * 1000 / RUNS, refresh, lastBody.length());
  }

  private double refresh(Queries.Query query) throws IOException, InterruptedException {
    for (int i = 0; i < WARMUP; i++) {
      ask(HttpRequest.newBuilder(uri(query, i)).build());
    }
    double cpu = server.cpuSeconds();
    for (int i = 0; i < RUNS; i++) {
      ask(HttpRequest.newBuilder(uri(query, WARMUP + i)).build());
    }
    return (server.cpuSeconds() - cpu) * 1000 / RUNS;
  }

  /** Asks the server how many entries it holds for the day. */
  long countEntries() throws IOException, InterruptedException {
    return countEntries(Queries.END);
  }

  /** Asks the server how many entries it holds for the 24 hours before a time. */
  long countEntries(long end) throws IOException, InterruptedException {
    String query = "sum(count_over_time({service_name=~\".+\"}[24h]))";
    URI uri =
        URI.create(
            server.address()
                + "/loki/api/v1/query?time="
                + end
                + "&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
    ask(HttpRequest.newBuilder(uri).build());
    Matcher value = Pattern.compile("\"value\":\\[[^,]*,\"(\\d+)\"").matcher(lastBody);
    if (!value.find()) {
      return 0;
    }
    return Long.parseLong(value.group(1));
  }

  private double ask(HttpRequest request) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
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

  /**
   * @param later by how many steps the range is moved
   */
  private URI uri(Queries.Query query, int later) {
    return URI.create(
        server.address()
            + "/loki/api/v1/query_range?query="
            + URLEncoder.encode(query.text(), StandardCharsets.UTF_8)
            + "&start="
            + (Queries.START + later * STEP_SECONDS)
            + "&end="
            + (Queries.END + later * STEP_SECONDS)
            + "&direction=backward"
            + (query.logs() ? "&limit=100" : "&step=" + STEP_SECONDS));
  }
}
