package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RecordedPush;
import dev.skald.testing.Resources;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as a real Promtail sent them are replayed, and every line comes back. */
final class PromtailTest {
  private static final int CAPTURES = 5;

  @TempDir Path directory;

  @Test
  void everyLineThatPromtailSentComesBackByteForByte() throws IOException {
    List<RecordedPush.Entry> sent = new ArrayList<>();
    try (RunningServer server = RunningServer.start(directory)) {
      for (int i = 0; i < CAPTURES; i++) {
        sent.addAll(replay(server.http(), i));
      }
      assertThat(sent).isNotEmpty();
      assertReturned(server.http(), sent);
      server.flush();
      assertReturned(server.http(), sent);
    }
    try (RunningServer restarted = RunningServer.start(directory)) {
      assertReturned(restarted.http(), sent);
    }
  }

  private static List<RecordedPush.Entry> replay(Http http, int number) throws IOException {
    String name = "/promtail/cap-%02d".formatted(number);
    JsonNode head = new ObjectMapper().readTree(Resources.bytes(name + ".json"));
    byte[] body = Resources.bytes(name + ".bin");
    String type = head.get("headers").get("Content-Type").asText();
    Http.Reply reply = http.post(head.get("path").asText(), Map.of("Content-Type", type), body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    return RecordedPush.decode(body);
  }

  private static void assertReturned(Http http, List<RecordedPush.Entry> sent) {
    long first = sent.stream().mapToLong(RecordedPush.Entry::time).min().orElseThrow();
    long last = sent.stream().mapToLong(RecordedPush.Entry::time).max().orElseThrow();
    List<String> got =
        Lines.query(http, "{service_name=~\".+\"}", first, last + 1).stream()
            .map(line -> line.time() + " " + line.text())
            .toList();
    List<String> want =
        sent.stream().map(entry -> entry.time() + " " + entry.line()).distinct().toList();
    assertThat(got).containsExactlyInAnyOrderElementsOf(want);
  }
}
