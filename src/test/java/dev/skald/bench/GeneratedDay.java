package dev.skald.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes a day of logs: web servers, a database, a log server, a cluster, training jobs. The same
 * seed makes the same day.
 */
final class GeneratedDay {
  private static final int ENTRIES = 200_000;
  private static final int STREAMS = 50;
  private static final int ENTRIES_A_PUSH = 2_500;
  private static final long SEED = 42;

  private final Random random = new Random(SEED);
  private final int[] trainingSteps = new int[STREAMS];

  private GeneratedDay() {}

  static List<byte[]> pushes() {
    return new GeneratedDay().make();
  }

  private List<byte[]> make() {
    List<byte[]> pushes = new ArrayList<>();
    long nanosAnEntry = (Queries.END - Queries.START) * 1_000_000_000L / ENTRIES;
    for (int first = 0; first < ENTRIES; first += ENTRIES_A_PUSH) {
      PushBody[] streams = new PushBody[STREAMS];
      for (int i = first; i < first + ENTRIES_A_PUSH; i++) {
        int stream = random.nextInt(STREAMS);
        if (streams[stream] == null) {
          streams[stream] = new PushBody(labels(stream));
        }
        long time = Queries.START * 1_000_000_000L + i * nanosAnEntry + random.nextInt(1000);
        String level = pick("info", "info", "info", "debug", "warn", "error");
        String trace = random.nextInt(10) < 3 ? hex(32) : null;
        streams[stream].entry(
            time, line(stream, level, Instant.ofEpochSecond(0, time)), level, trace);
      }
      pushes.add(PushBody.request(streams));
    }
    return pushes;
  }

  private static String service(int stream) {
    return switch (stream % 5) {
      case 0 -> "nginx";
      case 1 -> "database";
      case 2 -> "loki";
      case 3 -> "kubernetes";
      default -> "pytorch-simple";
    };
  }

  private static String labels(int stream) {
    return "{app=\"%s\", cluster=\"c%d\", namespace=\"n%d\", pod=\"pod-%d\", service_name=\"%s\"}"
        .formatted(service(stream), stream % 3, stream % 7, stream, service(stream));
  }

  private String line(int stream, String level, Instant time) {
    return switch (stream % 5) {
      case 0 -> nginx(time);
      case 1 -> database(level, time);
      case 2 -> logfmt(level, time);
      case 3 -> kubernetes(level, time);
      default -> training(stream, level, time);
    };
  }

  private String nginx(Instant time) {
    return "%d.%d.%d.%d - user%d [%s] \"%s %s HTTP/1.1\" %s %d \"https://example.com\" \"curl/7.64.1\""
        .formatted(
            random.nextInt(256),
            random.nextInt(256),
            random.nextInt(256),
            random.nextInt(256),
            random.nextInt(1000),
            time,
            pick("GET", "PUT", "POST", "DELETE"),
            pick("/auth/", "/api/v1/users", "/api/v1/orders", "/static/main.js"),
            pick("200", "200", "200", "301", "403", "404", "500", "503"),
            random.nextInt(20_000));
  }

  private String database(String level, Instant time) {
    return ("{\"level\":\"%s\",\"ts\":\"%s\",\"msg\":\"%s\",\"query_type\":\"%s\",\"table\":\"%s\","
            + "\"duration_ms\":%d,\"rows_affected\":%d,\"query_id\":\"%s\"}")
        .formatted(
            level,
            time,
            pick("Query executed", "Slow query", "Deadlock found"),
            pick("SELECT", "INSERT", "UPDATE", "DELETE"),
            pick("users", "orders", "sessions", "payments"),
            random.nextInt(1000),
            random.nextInt(10),
            hex(32));
  }

  private String logfmt(String level, Instant time) {
    return "level=%s ts=%s caller=metrics.go:%d component=%s tenant=tenant%d duration=%dms status=200"
        .formatted(
            level,
            time,
            random.nextInt(300),
            pick("querier", "ingester", "distributor", "compactor"),
            random.nextInt(9),
            random.nextInt(2000));
  }

  private String kubernetes(String level, Instant time) {
    return "%s %s [kube-scheduler] F%04d: %s"
        .formatted(
            time,
            level,
            random.nextInt(10_000),
            pick("Volume mounted", "Pod scheduled", "error: node not ready", "Image pulled"));
  }

  private String training(int stream, String level, Instant time) {
    int step = trainingSteps[stream] = (trainingSteps[stream] + 640) % 60_000;
    return "%s %-8s Train Epoch: 1 [%d/60000 (%d%%)]\tloss=%.4f"
        .formatted(
            time,
            level.toUpperCase(java.util.Locale.ROOT),
            step,
            step / 600,
            2.5 / (1 + step / 9000.0) + random.nextDouble() / 10);
  }

  private String pick(String... values) {
    return values[random.nextInt(values.length)];
  }

  private String hex(int digits) {
    StringBuilder text = new StringBuilder(digits);
    while (text.length() < digits) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
