package dev.skald.ruler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.skald.config.HttpAuth;
import dev.skald.config.TlsClientConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate for {@code alerts.svc} that wants one of its client. */
final class TlsTest {
  private static final char[] PASSWORD = "secret".toCharArray();

  @TempDir static Path directory;
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    KeyStore own = pair("server", "RSA", "dns:alerts.svc");
    KeyStore client = pair("client", "RSA", "dns:skald");
    pair("other", "EC", "dns:other");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context(own, client)) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.setExecutor(THREADS);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    THREADS.shutdownNow();
  }

  /** Makes a key with a certificate of its own, as PEM files and as a store. */
  private static KeyStore pair(String name, String algorithm, String alternative) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + alternative,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    PrivateKey key = (PrivateKey) store.getKey("key", PASSWORD);
    write(name + ".crt", "CERTIFICATE", store.getCertificate("key").getEncoded());
    write(name + ".key", "PRIVATE KEY", key.getEncoded());
    if (key instanceof RSAPrivateCrtKey) {
      // What stands in PKCS #8 after 26 bytes of wrapping is PKCS #1.
      byte[] pkcs8 = key.getEncoded();
      write(name + ".rsa.key", "RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
    }
    return store;
  }

  private static void write(String name, String what, byte[] bytes) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(bytes);
    Files.writeString(
        directory.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what));
  }

  private static SSLContext context(KeyStore own, KeyStore client) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    Certificate certificate = client.getCertificate("key");
    trusted.setCertificateEntry("client", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  private static int post(TlsClientConfig tls) throws Exception {
    URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
    try (HttpClient client = HttpClients.open(tls, Duration.ofSeconds(20), THREADS)) {
      return new Poster(client, HttpAuth.NONE, Duration.ofSeconds(20))
          .post(url, Map.of(), new byte[1])
          .status();
    }
  }

  private static TlsClientConfig tls(String ca, String key, String serverName, boolean insecure) {
    return new TlsClientConfig(
        ca.isEmpty() ? "" : file(ca),
        key.isEmpty() ? "" : file("client.crt"),
        key.isEmpty() ? "" : file(key),
        serverName,
        insecure);
  }

  @Test
  void trustsTheNameThatItWasTold() throws Exception {
    assertThat(post(tls("server.crt", "client.key", "alerts.svc", false))).isEqualTo(200);
  }

  @Test
  void readsKeysOfBothForms() throws Exception {
    assertThat(post(tls("server.crt", "client.rsa.key", "Alerts.SVC", false))).isEqualTo(200);
  }

  @Test
  void trustsNoOtherName() {
    assertThatThrownBy(() -> post(tls("server.crt", "client.key", "other.svc", false)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> post(tls("server.crt", "client.key", "", false)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void trustsNoOtherAuthority() {
    assertThatThrownBy(() -> post(tls("other.crt", "client.key", "alerts.svc", false)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> post(tls("", "client.key", "alerts.svc", false)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void trustsEveryoneWhereThatIsAsked() throws Exception {
    assertThat(post(tls("", "client.key", "", true))).isEqualTo(200);
  }

  @Test
  void isNotLetInWithoutACertificate() {
    assertThatThrownBy(() -> post(tls("server.crt", "", "alerts.svc", false)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void saysWhichFileIsBad() throws IOException {
    Path bad = Files.writeString(directory.resolve("bad.pem"), "nothing");
    TlsClientConfig ca = new TlsClientConfig(bad.toString(), "", "", "", false);
    TlsClientConfig key = new TlsClientConfig("", file("client.crt"), bad.toString(), "", false);
    TlsClientConfig missing = new TlsClientConfig(file("none.pem"), "", "", "", false);

    assertThatThrownBy(() -> post(ca)).hasMessageContaining("bad.pem holds no certificate");
    assertThatThrownBy(() -> post(key)).hasMessageContaining("bad.pem holds no private key");
    assertThatThrownBy(() -> post(missing)).hasMessageContaining("none.pem");
  }
}
