package dev.skald.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skald.server.http.RawClient;
import dev.skald.storage.testing.S3Endpoint;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lokitool does to rules, with and without legacy routes (config-and-clients.md §5.3). */
final class LokitoolTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String EXPR = "sum( rate({app=\"b\"}   |= \"x\" [5m]) )";
  private static final String GROUP =
      """
      name: my group
      interval: 1m
      rules:
          - record: a:b
            expr: '%s'
      """
          .formatted(EXPR);

  @TempDir static Path objects;
  @TempDir static Path directory;
  private static S3Endpoint endpoint;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    endpoint = S3Endpoint.start(objects);
    endpoint.makeBucket("ruler");
    server = RunningServer.startWith(directory, ruler(endpoint));
  }

  /** Returns a ruler whose rules can be changed. */
  static String ruler(S3Endpoint endpoint) {
    return """
    ruler:
      storage:
        type: s3
        s3:
          endpoint: 127.0.0.1:%d
          insecure: true
          bucketnames: ruler
          access_key_id: %s
          secret_access_key: %s
          s3forcepathstyle: true
    """
        .formatted(endpoint.port(), S3Endpoint.KEY_ID, S3Endpoint.SECRET);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    endpoint.close();
  }

  /** As lokitool sends it: without a type, whatever the body is. */
  private static RawClient.Reply send(String method, String path, String body) throws IOException {
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    try (RawClient client = new RawClient(server.port())) {
      String head =
          "%s %s HTTP/1.1\r\n"
              + "Host: x\r\n"
              + "User-Agent: lokitool/3.5.0\r\n"
              + "X-Scope-OrgID: fake\r\n"
              + "Content-Length: %d\r\n\r\n";
      return client.send(head.formatted(method, path, utf8.length)).send(utf8).read();
    }
  }

  private static JsonNode yaml(RawClient.Reply reply) throws IOException {
    return YAML.readTree(reply.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/loki/api/v1/rules", "/api/prom/rules"})
  void loadsComparesAndDeletes(String prefix) throws IOException {
    String namespace = prefix + "/my%20ns";
    String group = namespace + "/my%20group";

    RawClient.Reply none = send("GET", prefix, "");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.text()).isEqualTo("no rule groups found\n");
    assertThat(send("GET", group, "").status()).as("load: it is new").isEqualTo(404);

    assertThat(send("POST", namespace, GROUP).status()).isEqualTo(202);
    RawClient.Reply read = send("GET", group, "");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.headers()).containsEntry("content-type", "application/yaml");
    assertThat(yaml(read)).as("load again: nothing differs").isEqualTo(YAML.readTree(GROUP));

    String changed = GROUP.replace("interval: 1m", "interval: 2m");
    assertThat(send("POST", namespace, changed).status()).as("sync").isEqualTo(202);
    JsonNode all = yaml(send("GET", prefix, ""));
    assertThat(all).hasSize(1);
    assertThat(all.at("/my ns/0/interval").asText()).isEqualTo("2m");
    assertThat(all.at("/my ns/0/rules/0/expr").asText()).isEqualTo(EXPR);

    assertThat(send("DELETE", group, "").status()).isEqualTo(202);
    assertThat(send("GET", group, "").status()).isEqualTo(404);
    assertThat(send("POST", namespace, GROUP).status()).isEqualTo(202);
    assertThat(send("DELETE", namespace, "").status()).as("delete-namespace").isEqualTo(202);
    assertThat(send("GET", prefix, "").status()).isEqualTo(404);
  }
}
