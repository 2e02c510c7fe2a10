package dev.skald.server;

import dev.skald.config.ConfigException;
import dev.skald.config.load.ConfigLoader;
import dev.skald.config.load.FlagReader;
import dev.skald.config.load.LoadedConfig;
import dev.skald.config.load.Surroundings;
import dev.skald.server.push.SamplePushes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Runs a server for some seconds, as {@code bin/skald} does after a build: it takes pushes of each
 * format, seals, merges, answers queries and stops. What the Java machine has loaded and learnt by
 * then goes into its AOT cache (JEP 483, 514, 515), from which later starts take it.
 */
final class Rehearsal {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long LONGEST_MILLIS = 60_000;
  private static final long POLL_MILLIS = 100;
  private static final int POLLS = 50;
  private static final int ROUNDS = 5;
  private static final String MERGED =
      "loki_boltdb_shipper_compact_tables_operation_total{status=\"success\"}";
  private static final List<String> QUERIES =
      List.of(
          "{via=\"protobuf\"}",
          "{app=\"sample-0\"} |= \"error\" != \"debug\"",
          "{app=~\"sample-[23]\"} |~ \"(?i)GET|finished\" | line_format \"{{.level}} {{.app}}\"",
          "{app=\"sample-0\"} | logfmt | status >= 500 | took > 10ms",
          "{service_name=\"sample-1\"} | json | detected_level=\"error\"",
          "sum by (app) (count_over_time({app=~\".+\"} [1m]))",
          "sum by (status) (rate({app=\"sample-1\"} | json [1m]))",
          "topk(2, sum by (method) (rate({app=\"sample-2\"} | pattern \"<_> \\\"<method> <_>\""
              + " [1m])))",
          "quantile_over_time(0.9, {app=\"sample-0\"} | logfmt | unwrap duration(took) [1m])"
              + " by (app)");

  private final HttpClient client;
  private final String address;

  private Rehearsal(HttpClient client, int port) {
    this.client = client;
    this.address = "http://127.0.0.1:" + port;
  }

  /** The arguments are flags of the server, whose directories are empty and nobody else's. */
  public static void main(String[] arguments) throws Exception {
    Thread.ofPlatform().daemon().name("rehearsal-end").start(Rehearsal::endInTime);
    try {
      LoadedConfig loaded =
          ConfigLoader.load(FlagReader.read(List.of(arguments)), Surroundings.ofProcess());
      Logging.start(loaded.config().server().log());
      run(loaded, Clock.systemUTC());
    } catch (ConfigException | IOException e) {
      System.err.println("the rehearsal has failed: " + e);
      System.exit(1);
    }
    System.exit(0);
  }

  private static void endInTime() {
    try {
      Thread.sleep(LONGEST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.err.println("the rehearsal does not come to an end");
    Runtime.getRuntime().halt(1);
  }

  /**
   * Starts a server, uses it and stops it.
   *
   * @throws IOException if it does not start or an answer is not as wanted
   */
  static void run(LoadedConfig loaded, Clock clock) throws IOException, InterruptedException {
    try (Server server = Server.start(loaded, clock);
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      Rehearsal rehearsal = new Rehearsal(client, server.port());
      rehearsal.awaitReady();
      rehearsal.play(clock.millis());
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    for (int i = 0; i < POLLS && send(get("/ready")).statusCode() != 200; i++) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private void play(long now) throws IOException, InterruptedException {
    long start = now - 60_000;
    SamplePushes pushes = new SamplePushes(start * 1_000_000);
    for (int round = 0; round < ROUNDS; round++) {
      push("/loki/api/v1/push", "application/json", pushes.json());
      push("/loki/api/v1/push", "application/x-protobuf", pushes.protobuf());
      push("/otlp/v1/logs", "application/json", pushes.otlp());
      ask(start, now);
      expect(204, post("/flush", "text/plain", new byte[0]));
    }
    awaitMerge();
    ask(start, now);
  }

  private void push(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    expect(204, post(path, type, body));
  }

  private void ask(long start, long end) throws IOException, InterruptedException {
    String range = "&limit=100&start=" + start + "000000&end=" + end + "000000";
    for (String query : QUERIES) {
      String text = URLEncoder.encode(query, StandardCharsets.UTF_8);
      expect(200, get("/loki/api/v1/query_range?query=" + text + range));
    }
    expect(200, get("/loki/api/v1/labels"));
    expect(200, get("/loki/api/v1/label/app/values"));
  }

  /** Waits for a merge for some time; without one the cache is a little poorer. */
  private void awaitMerge() throws IOException, InterruptedException {
    for (int i = 0; i < POLLS; i++) {
      String metrics = expect(200, get("/metrics"));
      boolean merged =
          metrics.lines().anyMatch(line -> line.startsWith(MERGED + " ") && !line.endsWith(" 0.0"));
      if (merged) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT).build();
  }

  private HttpRequest post(String path, String type, byte[] body) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(TIMEOUT)
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String expect(int status, HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() != status) {
      throw new IOException(
          request.uri()
              + " got "
              + answer.statusCode()
              + ", wanted "
              + status
              + ": "
              + answer.body());
    }
    return answer.body();
  }
}
