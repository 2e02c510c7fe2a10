package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Queries that take long, and what a server tells about them. */
final class SlowQueries {
  /** Takes as long for a line as a template may. */
  static final String LOOPS = "{{ range 5000 }}{{ range 5000 }}{{ end }}{{ end }}";

  /** All lines together take longer than any test. */
  static final String ENDLESS = "{app=\"a\"} | label_format x=`" + LOOPS + "` | x=\"none\"";

  /** Takes some hundred milliseconds in all. */
  static final String SLOW = "{app=\"b\"} |~ \"[ab]*a[ab]{200}c\"";

  private static final int LINES = 20_000;
  private static final int LETTERS = 250;

  private SlowQueries() {}

  /** Pushes what the queries read. */
  static void push(Http http, long now, Map<String, String> headers) {
    List<String> endless = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      endless.add("line " + i);
    }
    push(http, Lines.push(Map.of("app", "a"), now, endless), headers);
    Random random = new Random(3);
    List<String> slow = new ArrayList<>();
    for (int i = 0; i < LETTERS; i++) {
      slow.add(
          random
              .ints(1000, 'a', 'c')
              .mapToObj(Character::toString)
              .collect(Collectors.joining("", "", " " + i)));
    }
    push(http, Lines.push(Map.of("app", "b"), now, slow), headers);
  }

  private static void push(Http http, String body, Map<String, String> headers) {
    Map<String, String> all = new java.util.HashMap<>(headers);
    all.put("Content-Type", "application/json");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(http.post("/loki/api/v1/push", all, bytes).status()).isEqualTo(204);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Returns the path of a query over the minute around a time. */
  static String range(String query, long now) {
    return "/loki/api/v1/query_range?step=1&limit=10&query=%s&start=%d&end=%d"
        .formatted(encode(query), now - 30_000_000_000L, now + 30_000_000_000L);
  }

  /** Asks, and does not wait for an answer. */
  static RawClient ask(RunningServer server, String target) throws IOException {
    return new RawClient(server.port()).send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  /** Returns the sum of the samples of a metric. */
  static double metric(RunningServer server, String name) {
    Matcher sample =
        Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$")
            .matcher(server.http().get("/metrics").text());
    double sum = 0;
    while (sample.find()) {
      sum += Double.parseDouble(sample.group(1));
    }
    return sum;
  }

  static void awaitMetric(RunningServer server, String name, double value) {
    while (metric(server, name) != value) {
      RunningServer.pause();
    }
  }
}
