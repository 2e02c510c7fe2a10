package dev.skald;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.auth.HashCommand;
import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.RunningServer;
import dev.skald.testing.ServerInProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients, of which nobody knows who they are, cannot take the memory that others need. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileClientsTest {
  private static final String HEAP = "-Xmx128m";
  private static final int CLIENTS = 8;
  private static final int FORM_BYTES = 10 << 20;

  @TempDir Path directory;

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static String withUsers(String yaml) {
    ByteArrayOutputStream hash = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(hash, true, UTF_8);
    HashCommand.run(List.of(), new ByteArrayInputStream("secret".getBytes(UTF_8)), out, System.err);
    return "auth_enabled: true\n"
        + yaml.replace("auth_enabled: false", "")
        + "auth:\n  users: [{name: root, password_hash: \"%s\"}]\n"
            .formatted(hash.toString(UTF_8).strip());
  }

  @Test
  void areCountedTogetherWhateverMethodsTheyInvent() {
    try (RunningServer server = RunningServer.start(directory)) {
      for (int i = 0; i < 50; i++) {
        server.http().method("BREW" + i, "/nowhere", Map.of(), new byte[0]);
        server.http().method("BREW" + i, "/ready", Map.of(), new byte[0]);
        server.http().method("BREW" + i, "/config", Map.of(), new byte[0]);
      }
      String metrics = server.http().get("/metrics").text();
      assertThat(metrics).doesNotContain("BREW");
      assertThat(metrics)
          .contains(
              "loki_request_duration_seconds_count{method=\"other\",route=\"other\","
                  + "status_code=\"404\",ws=\"false\"} 50")
          .contains("loki_inflight_requests{method=\"other\",route=\"other\"} 0");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mayNotHaveFormsOfMillionsOfPairs(boolean users) throws Exception {
    byte[] form = "a&".repeat(FORM_BYTES / 2).getBytes(ISO_8859_1);
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    if (users) {
      headers.put("Authorization", basic("root:wrong"));
    }
    try (ServerInProcess server =
            ServerInProcess.start(directory, port -> yaml(port, users), HEAP);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Http.Reply>> replies = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        replies.add(threads.submit(() -> server.http().post("/loki/api/v1/query", headers, form)));
      }
      for (Future<Http.Reply> reply : replies) {
        assertThat(reply.get().status()).isEqualTo(users ? 401 : 400);
        assertThat(reply.get().text())
            .startsWith(users ? "wrong or missing" : "too many parameters: at most 1000 are taken");
      }
      assertThat(server.http().get("/ready").status()).isEqualTo(200);
      assertThat(Files.readString(directory.resolve("server.log"))).doesNotContain("OutOfMemory");
    }
  }

  private String yaml(int port, boolean users) {
    String yaml = RunningServer.config(directory, port, "");
    return users ? withUsers(yaml) : yaml;
  }

  @Test
  void areNotAskedForTheBodyBeforeTheirPasswordIsChecked() throws IOException {
    String yaml = withUsers(RunningServer.config(directory, 0, ""));
    try (RunningServer server =
            RunningServer.configured(directory, yaml, java.time.Clock.systemUTC());
        RawClient stranger = new RawClient(server.port());
        RawClient root = new RawClient(server.port())) {
      assertThat(stranger.send(announced("root:wrong")).read().status()).isEqualTo(401);
      assertThat(stranger.isClosed()).isTrue();
      assertThat(root.send(announced("root:secret")).read().status()).isEqualTo(100);
    }
  }

  private static String announced(String pair) {
    return "POST /loki/api/v1/push HTTP/1.1\r\nHost: x\r\nX-Scope-OrgID: a\r\nAuthorization: "
        + basic(pair)
        + "\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n";
  }
}
