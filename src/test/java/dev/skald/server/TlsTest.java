package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.server.http.RawClient;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.TailClient;
import dev.skald.testing.TlsClient;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener speaks TLS as {@code server.http_tls_config} says. */
final class TlsTest {
  private static X509Bundle authority;
  private static X509Bundle serverCertificate;
  private static X509Bundle clientCertificate;
  private static X509Bundle stranger;

  @TempDir Path directory;

  @BeforeAll
  static void makeCertificates() throws Exception {
    authority = certificate("CN=authority").setIsCertificateAuthority(true).buildSelfSigned();
    serverCertificate = localhost().buildIssuedBy(authority);
    clientCertificate = certificate("CN=client").buildIssuedBy(authority);
    X509Bundle other = certificate("CN=other").setIsCertificateAuthority(true).buildSelfSigned();
    stranger = certificate("CN=stranger").buildIssuedBy(other);
  }

  private static CertificateBuilder certificate(String subject) {
    return new CertificateBuilder().subject(subject).algorithm(CertificateBuilder.Algorithm.ecp256);
  }

  private static CertificateBuilder localhost() {
    return certificate("CN=localhost").addSanDnsName("localhost");
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private void write(X509Bundle bundle) throws IOException {
    Files.writeString(file("cert.pem"), bundle.getCertificatePathPEM());
    Files.writeString(file("key.pem"), bundle.getPrivateKeyPEM());
  }

  private RunningServer start(String more) throws IOException {
    return start(more, "");
  }

  private RunningServer start(String more, String serverKeys) throws IOException {
    Files.writeString(file("ca.pem"), authority.getCertificatePEM());
    String tls =
        "server: {http_listen_address: 127.0.0.1, http_listen_port: 0, log_level: warn, %s"
            + " http_tls_config: {cert_file: %s, key_file: %s%s}}";
    String yaml =
        tls.formatted(serverKeys, file("cert.pem"), file("key.pem"), more)
            + """

            auth_enabled: false
            common: {path_prefix: %s}
            """
                .formatted(file("data"));
    return RunningServer.unawaited(directory, yaml);
  }

  private static TlsClient client(Optional<X509Bundle> own, String... protocols) {
    return new TlsClient(authority.getCertificate(), own, protocols);
  }

  @Test
  void answersOverTls() throws Exception {
    write(serverCertificate);
    try (RunningServer server = start("")) {
      TlsClient.Reply reply = client(Optional.empty()).get(server.port(), "/metrics");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.protocol()).isEqualTo("TLSv1.3");
      assertThat(reply.body()).contains("jvm_memory").hasSizeGreaterThan(5000);
      assertThat(client(Optional.empty(), "TLSv1.2").get(server.port(), "/metrics").protocol())
          .isEqualTo("TLSv1.2");
    }
  }

  @Test
  void takesLargePushesAndAnswersManyRequestsOverOneConnection() throws Exception {
    write(serverCertificate);
    try (RunningServer server = start("")) {
      byte[] body = new byte[3_000_000];
      client(Optional.empty())
          .exchange(
              server.port(),
              connection -> {
                for (int i = 0; i < 20; i++) {
                  assertThat(connection.get("/ready").status()).isIn(200, 503);
                }
                assertThat(connection.post("/loki/api/v1/push", body).status()).isEqualTo(400);
                assertThat(connection.get("/nothing").status()).isEqualTo(404);
              });
    }
  }

  @Test
  void tailsOverTls() throws Exception {
    write(serverCertificate);
    try (HttpClient http =
        HttpClient.newBuilder().sslContext(client(Optional.empty()).context()).build()) {
      RunningServer server = start("");
      String authority = "localhost:" + server.port();
      URI address = URI.create("wss://" + authority + "/loki/api/v1/tail?query=%7Ba%3D%22b%22%7D");
      try (TailClient tail = TailClient.open(http, address, true)) {
        String line = "x".repeat(100_000);
        push(http, "https://" + authority, line);
        assertThat(tail.lines(1)).containsExactly(line);
        while (tail.pings() == 0) {
          RunningServer.pause();
        }
        server.close();
        assertThat(tail.closed()).isEqualTo("1011 all ingesters closed the connection");
      } finally {
        server.close();
      }
    }
  }

  private static void push(HttpClient http, String address, String line) throws Exception {
    String body =
        Lines.push(Map.of("a", "b"), System.currentTimeMillis() * 1_000_000, List.of(line));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/loki/api/v1/push"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = 503;
    while (status == 503) {
      status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
    assertThat(status).isEqualTo(204);
  }

  @Test
  void tellsWhoSpeaksNoTls() throws Exception {
    write(serverCertificate);
    try (RunningServer server = start("");
        RawClient plain = new RawClient(server.port())) {
      RawClient.Reply reply = plain.send("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n").readHead();
      assertThat(reply.status()).isEqualTo(400);
    }
  }

  @Test
  void demandsCertificatesOfClients() throws Exception {
    write(serverCertificate);
    String demand = ", client_ca_file: " + file("ca.pem") + ", client_auth_type: ";
    try (RunningServer server = start(demand + "RequireAndVerifyClientCert")) {
      assertThat(client(Optional.of(clientCertificate)).get(server.port(), "/metrics").status())
          .isEqualTo(200);
      assertThatThrownBy(() -> client(Optional.of(stranger)).get(server.port(), "/metrics"))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> client(Optional.empty()).get(server.port(), "/metrics"))
          .isInstanceOf(IOException.class);
    }
    try (RunningServer server = start(demand + "VerifyClientCertIfGiven")) {
      assertThat(client(Optional.empty()).get(server.port(), "/metrics").status()).isEqualTo(200);
      assertThatThrownBy(() -> client(Optional.of(stranger)).get(server.port(), "/metrics"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void takesAnyCertificateWhereThatIsAskedFor() throws Exception {
    write(serverCertificate);
    try (RunningServer server = start(", client_auth_type: RequireAnyClientCert")) {
      assertThat(client(Optional.of(stranger)).get(server.port(), "/metrics").status())
          .isEqualTo(200);
      assertThatThrownBy(() -> client(Optional.empty()).get(server.port(), "/metrics"))
          .isInstanceOf(IOException.class);
    }
    try (RunningServer server = start(", client_auth_type: RequestClientCert")) {
      assertThat(client(Optional.empty()).get(server.port(), "/metrics").status()).isEqualTo(200);
    }
  }

  @Test
  void speaksNoOlderVersionThanAllowed() throws Exception {
    write(serverCertificate);
    try (RunningServer server = start("", "tls_min_version: VersionTLS13,")) {
      assertThat(client(Optional.empty()).get(server.port(), "/metrics").status()).isEqualTo(200);
      assertThatThrownBy(() -> client(Optional.empty(), "TLSv1.2").get(server.port(), "/metrics"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void offersTheSuitesThatAreNamed() throws Exception {
    write(serverCertificate);
    String suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    String keys = "tls_cipher_suites: 'TLS_RSA_WITH_RC4_128_SHA," + suite + "',";
    try (RunningServer server = start("", keys)) {
      assertThat(client(Optional.empty(), "TLSv1.2").get(server.port(), "/metrics").suite())
          .isEqualTo(suite);
      assertThat(client(Optional.empty()).get(server.port(), "/metrics").protocol())
          .isEqualTo("TLSv1.3");
    }
    assertThatThrownBy(() -> start("", "tls_cipher_suites: TLS_NONE,").close())
        .hasMessageContaining("server.tls_cipher_suites")
        .hasMessageContaining("TLS_NONE");
  }

  @Test
  void takesChangedFilesIntoUseAndKeepsGoodOnesWhereNewAreBad() throws Exception {
    write(serverCertificate);
    try (RunningServer server = start("")) {
      TlsClient client = client(Optional.empty());
      assertThat(client.get(server.port(), "/metrics").certificate())
          .isEqualTo(serverCertificate.getCertificate());
      X509Bundle next = localhost().buildIssuedBy(authority);
      Files.writeString(file("cert.pem"), next.getCertificatePathPEM());
      server.reloadCertificates();
      assertThat(client.get(server.port(), "/metrics").certificate())
          .isEqualTo(serverCertificate.getCertificate());
      write(next);
      server.reloadCertificates();
      assertThat(client.get(server.port(), "/metrics").certificate())
          .isEqualTo(next.getCertificate());
      Files.delete(file("key.pem"));
      server.reloadCertificates();
      assertThat(client.get(server.port(), "/metrics").certificate())
          .isEqualTo(next.getCertificate());
    }
  }

  @Test
  void isProbedOverTlsToo() throws Exception {
    write(serverCertificate);
    try (RunningServer server = start("")) {
      String url = "https://127.0.0.1:" + server.port();
      assertThat(HealthProbe.ask(url + "/metrics")).isTrue();
      assertThat(HealthProbe.ask(url + "/nothing")).isFalse();
      assertThat(HealthProbe.ask("http://127.0.0.1:" + server.port() + "/metrics")).isFalse();
    }
  }

  @Test
  void doesNotStartWithFilesThatCannotBeUsed() throws Exception {
    write(serverCertificate);
    Files.writeString(file("key.pem"), stranger.getPrivateKeyPEM());
    assertThatThrownBy(() -> start("").close())
        .hasMessageContaining("key_file " + file("key.pem") + " is not the key of")
        .hasMessageContaining("cert_file " + file("cert.pem"));
    Files.writeString(file("key.pem"), "nonsense");
    assertThatThrownBy(() -> start("").close()).hasMessageContaining("there is no private key");
    Files.delete(file("cert.pem"));
    assertThatThrownBy(() -> start("").close()).hasMessageContaining("there is no such file");
  }
}
