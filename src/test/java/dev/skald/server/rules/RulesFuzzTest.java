package dev.skald.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.testing.S3Endpoint;
import dev.skald.testing.Http;
import dev.skald.testing.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules that are nearly rules, over HTTP: each is taken, or refused with what is wrong as the
 * client's fault, and the server goes on.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RulesFuzzTest {
  private static final String NAMESPACE = "/loki/api/v1/rules/ns";
  private static final int MUTATIONS = 1500;

  private static final String GROUP =
      """
      name: g1
      interval: 1m
      limit: 5
      rules:
        - alert: HighErr
          expr: sum(count_over_time({app="b"} |= "x" [1m])) > 0
          for: 5m
          labels: &all {sev: "x", 'team': y}
          annotations: {d: "{{ $value | humanize }}", <<: *all}
        - record: a:b
          expr: >-
            sum(rate({app="b"}[5m]))
      """;

  private static final List<String> PIECES =
      List.of(
          "&a ",
          "*a",
          "*all",
          "<<: ",
          "!!binary ",
          "!!int ",
          "!x ",
          "? ",
          ": ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          "|",
          ">",
          "\"",
          "'",
          "#",
          "%YAML 9.9\n",
          "---\n",
          "...\n",
          "\t",
          "\0",
          "\u0007",
          "~",
          "null",
          ".inf",
          "0x",
          "1e999",
          "99999999999999999999",
          "-1",
          "{{",
          "}}",
          "{{ template \"x\" }}",
          "\n",
          "  ",
          "é",
          "\uD800",
          "\uFEFF",
          "rate(",
          "[5m]",
          "for: ",
          "name: ");

  @TempDir static Path objects;
  @TempDir static Path directory;
  private static S3Endpoint endpoint;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    endpoint = S3Endpoint.start(objects);
    endpoint.makeBucket("ruler");
    server =
        RunningServer.startWith(
            directory,
            """
            ruler:
              evaluation_interval: 1h
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
                .formatted(endpoint.port(), S3Endpoint.KEY_ID, S3Endpoint.SECRET));
  }

  @AfterAll
  static void stop() throws Exception {
    String metrics = server.http().get("/metrics").text();
    server.close();
    endpoint.close();
    assertThat(metrics).contains("loki_panic_total 0");
  }

  @AfterEach
  void goesOn() {
    assertThat(post(GROUP.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(202);
    Http.Reply read = server.http().get(NAMESPACE + "/g1");
    assertThat(read.status()).as(read.text()).isEqualTo(200);
  }

  private static Http.Reply post(byte[] yaml) {
    return server.http().post(NAMESPACE, Map.of("Content-Type", "application/yaml"), yaml);
  }

  private static void assertTakenOrRefused(byte[] yaml) {
    Http.Reply reply = post(yaml);
    String sent = new String(yaml, StandardCharsets.UTF_8);
    String what = sent.substring(0, Math.min(500, sent.length()));
    assertThat(reply.status()).as("%s got %s", what, reply.text()).isIn(202, 400, 413);
    assertThat(reply.text().strip()).as(what).isNotEmpty();
  }

  @Test
  void rulesCutAnywhere() {
    byte[] whole = GROUP.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      assertTakenOrRefused(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void flippedBits() {
    byte[] whole = GROUP.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(1);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      assertTakenOrRefused(damaged);
    }
  }

  @Test
  void piecesOfYamlWhereTheyDoNotBelong() {
    Random random = new Random(2);
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder text = new StringBuilder(GROUP);
      for (int times = 1 + random.nextInt(4); times > 0; times--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
        }
        text.insert(Math.min(at, text.length()), PIECES.get(random.nextInt(PIECES.size())));
      }
      String yaml = text.toString().replace("..", ".");
      assertTakenOrRefused(yaml.getBytes(StandardCharsets.UTF_8));
    }
  }

  static Stream<String> hostile() {
    String rule = "rules: [{record: a, expr: vector(1), labels: ";
    return Stream.of(
        "name: &a [*a]",
        "&a {name: *a}",
        "&a {name: x, <<: *a}",
        "&a {name: x, rules: [*a]}",
        "name: x\nrules: &a [*a]",
        "name: x\nrules: &a [[*a]]",
        "name: x\n" + rule + "&a {b: *a}}]",
        "name: x\n" + rule + "&a {<<: *a}}]",
        "name: x\n" + rule + "&a {<<: [*a, *a]}}]",
        "? {a: b}\n: c\nname: x",
        "? [a, b]\n: c\nname: x",
        "!!java.net.URL [\"http://127.0.0.1/\"]",
        "name: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
        "name: !!binary AAAA",
        "name: !!set {a, b}",
        "name: !!timestamp 2001-01-01",
        "%TAG ! tag:x,2000:\n---\nname: !y z",
        laughs("x0"),
        merges(),
        "[".repeat(100_000),
        "{a: ".repeat(50_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        "a: &x ".repeat(1000),
        "name: x\nrules: " + "[".repeat(40) + "]".repeat(40),
        "name: x\nrules: [{record: a, expr: '" + "(".repeat(100_000) + "'}]",
        "name: x\nrules: [{record: a, expr: '" + "-".repeat(100_000) + "1'}]",
        "name: x\nrules: [{alert: a, expr: vector(1), annotations: {t: '"
            + "{{ if true }}".repeat(20_000)
            + "'}}]",
        "name: x\nrules: [{alert: a, expr: vector(1), annotations: {t: '{{ "
            + "(".repeat(50_000)
            + " }}'}}]",
        "name: x\nlimit: 1e9999999",
        "name: x\nlimit: 99999999999999999999999999",
        "name: x\ninterval: 99999999999999999999999y",
        "name: x\ninterval: -1s",
        "name: " + "n".repeat(1_000_000),
        "name: \"\\uD800\"",
        "name: x\n" + "k: v\n".repeat(100_000),
        IntStream.range(0, 100_000)
            .mapToObj(i -> "k" + i + ": v")
            .collect(Collectors.joining("\n")),
        "name: x\n---\nname: y",
        "name: .",
        "name: ''",
        "null",
        "~",
        "\0\0\0\0");
  }

  /** Ten to the power of ten elements, if aliases were copied. */
  private static String laughs(String name) {
    StringBuilder yaml = new StringBuilder("x0: &x0 lol\n");
    for (int i = 1; i <= 10; i++) {
      yaml.append("x%d: &x%d [%s]\n".formatted(i, i, ("*x" + (i - 1) + ",").repeat(10)));
    }
    return yaml + "name: x\nrules: *x10\n# " + name;
  }

  /** Two to the power of 40 merges, if each were made again. */
  private static String merges() {
    StringBuilder yaml = new StringBuilder("m0: &m0 {name: x}\n");
    for (int i = 1; i <= 40; i++) {
      yaml.append("m%d: &m%d {<<: [*m%d, *m%d]}\n".formatted(i, i, i - 1, i - 1));
    }
    return yaml + "<<: *m40\n";
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileYaml(String yaml) {
    assertTakenOrRefused(yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void namesThatNoStoreTakes() {
    String endless = "n".repeat(20_000);
    String prefix = "/loki/api/v1/rules/";
    for (String method : List.of("GET", "POST", "DELETE")) {
      Http.Reply reply =
          server
              .http()
              .method(method, prefix + endless, Map.of(), GROUP.getBytes(StandardCharsets.UTF_8));
      assertThat(reply.status()).as(method).isEqualTo(400);
      assertThat(reply.text()).isEqualTo("invalid namespace: 20000 bytes, at most 150\n");
    }
    assertThat(server.http().method("DELETE", prefix + "ns/" + endless, Map.of(), new byte[0]))
        .satisfies(reply -> assertThat(reply.status()).isEqualTo(400))
        .satisfies(reply -> assertThat(reply.text()).startsWith("invalid groupname: "));
    String most = "é".repeat(75);
    assertThat(post(("name: " + most).getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(202);
    assertThat(post(("name: n" + most).getBytes(StandardCharsets.UTF_8)).text())
        .isEqualTo("invalid groupname: 151 bytes, at most 150\n");
  }

  @Test
  void whatIsNoText() {
    assertTakenOrRefused(new byte[0]);
    assertTakenOrRefused(new byte[] {(byte) 0xFF, (byte) 0xFE, 'n', 0});
    byte[] random = new byte[10_000];
    new Random(3).nextBytes(random);
    assertTakenOrRefused(random);
    assertThat(post(new byte[11 << 20]).status()).isEqualTo(413);
  }
}
