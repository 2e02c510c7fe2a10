package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import org.xerial.snappy.Snappy;

/**
 * Makes pushes of some hundred lines as clients send them: structured, plain and JSON lines of a
 * few streams, with structured metadata. Not safe for use by several threads.
 */
public final class SamplePushes {
  private static final int LINES = 300;
  private static final int STREAMS = 4;
  private static final List<String> LEVELS = List.of("info", "info", "debug", "warn", "error");
  private static final long STEP = 1_000_000;

  private long time;

  /**
   * @param time of the first line, in unix nanoseconds; each line is a millisecond later
   */
  public SamplePushes(long time) {
    this.time = time;
  }

  private static String app(int stream) {
    return "sample-" + stream;
  }

  private static String level(int i) {
    return LEVELS.get(i % LEVELS.size());
  }

  private static String trace(int i) {
    return "%016x%016x".formatted(i * 0x9E3779B97F4A7C15L, i * 0xC2B2AE3D27D4EB4FL);
  }

  private static String line(int stream, int i) {
    String id = trace(i).substring(0, 8);
    int status = i % 7 == 0 ? 500 : 200;
    return switch (stream) {
      case 0 ->
          "level=%s path=/cart/%s status=%d took=%dms msg=\"request done\""
              .formatted(level(i), id, status, i);
      case 1 ->
          "{\"level\":\"%s\",\"path\":\"/cart/%s\",\"status\":%d,\"http\":{\"took\":%d.5}}"
              .formatted(level(i), id, status, i);
      case 2 ->
          "10.0.0.%d - - [06/Oct/2026:10:00:00 +0000] \"GET /cart/%s HTTP/1.1\" %d %d"
              .formatted(i % 250, id, status, i * 31);
      default -> "%s worker %d has finished job %s".formatted(level(i), i % 9, id);
    };
  }

  /** Returns a push as JSON. */
  public byte[] json() {
    StringBuilder json = new StringBuilder("{\"streams\":[");
    for (int stream = 0; stream < STREAMS; stream++) {
      json.append(stream == 0 ? "" : ",");
      json.append(
          "{\"stream\":{\"app\":\"%s\",\"via\":\"json\"},\"values\":[".formatted(app(stream)));
      for (int i = 0; i < LINES; i++) {
        json.append(i == 0 ? "" : ",").append("[\"").append(time += STEP).append("\",\"");
        json.append(line(stream, i).replace("\"", "\\\""));
        json.append("\",{\"trace_id\":\"").append(trace(i)).append("\"}]");
      }
      json.append("]}");
    }
    return json.append("]}").toString().getBytes(UTF_8);
  }

  /** Returns a push as Promtail sends it: protobuf in a snappy block (http-api.md §4.3). */
  public byte[] protobuf() throws IOException {
    ProtobufWriter out = new ProtobufWriter(1 << 16);
    for (int stream = 0; stream < STREAMS; stream++) {
      int streamMark = out.begin(1);
      text(out, 1, "{app=\"%s\", via=\"protobuf\"}".formatted(app(stream)));
      for (int i = 0; i < LINES; i++) {
        time += STEP;
        int entry = out.begin(2);
        int timestamp = out.begin(1);
        out.varint(1, time / 1_000_000_000L);
        out.varint(2, time % 1_000_000_000L);
        out.end(timestamp);
        text(out, 2, line(stream, i));
        pair(out, "level", level(i));
        pair(out, "trace_id", trace(i));
        out.end(entry);
      }
      out.end(streamMark);
    }
    return Snappy.compress(out.toByteArray());
  }

  private static void pair(ProtobufWriter out, String name, String value) {
    int mark = out.begin(3);
    text(out, 1, name);
    text(out, 2, value);
    out.end(mark);
  }

  private static void text(ProtobufWriter out, int field, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    out.bytes(field, bytes, 0, bytes.length);
  }

  /** Returns an export of OpenTelemetry's logs as JSON. */
  public byte[] otlp() {
    StringBuilder json = new StringBuilder("{\"resourceLogs\":[");
    for (int stream = 0; stream < STREAMS; stream++) {
      json.append(stream == 0 ? "" : ",").append("{\"resource\":{\"attributes\":[");
      json.append(attribute("service.name", app(stream)));
      json.append("]},\"scopeLogs\":[{\"logRecords\":[");
      for (int i = 0; i < LINES; i++) {
        json.append(i == 0 ? "" : ",").append("{\"timeUnixNano\":\"").append(time += STEP);
        json.append("\",\"severityText\":\"").append(level(i));
        json.append("\",\"body\":{\"stringValue\":\"");
        json.append(line(stream, i).replace("\"", "\\\""));
        json.append("\"},\"attributes\":[").append(attribute("worker", "w" + i % 9));
        json.append("]}");
      }
      json.append("]}]}");
    }
    return json.append("]}").toString().getBytes(UTF_8);
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
  }
}
