package dev.skald.config;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * TLS of the listener ({@code http_tls_config}). It is on when there is a certificate.
 *
 * @param cert the chain of the server's certificate
 * @param key its private key
 * @param clientCa who may have signed the certificates of clients
 * @param oldest the oldest version that is spoken
 * @param ciphers suites for TLS 1.2; empty for all that are sound
 */
public record TlsConfig(
    PemSource cert,
    PemSource key,
    PemSource clientCa,
    ClientAuth clientAuth,
    Version oldest,
    List<String> ciphers) {
  private static final String SECTION = "server.http_tls_config.";

  /** What is asked of clients, with Go's names ({@code client_auth_type}). */
  public enum ClientAuth {
    NONE("NoClientCert", false),
    /** Asked for, never checked. */
    REQUEST("RequestClientCert", false),
    /** Demanded, but not checked. */
    REQUIRE_ANY("RequireAnyClientCert", false),
    VERIFY_IF_GIVEN("VerifyClientCertIfGiven", true),
    REQUIRE_AND_VERIFY("RequireAndVerifyClientCert", true);

    private final String goName;
    private final boolean verifies;

    ClientAuth(String goName, boolean verifies) {
      this.goName = goName;
      this.verifies = verifies;
    }

    public boolean verifies() {
      return verifies;
    }

    /** Reads Go's name; nothing means that no certificate is asked for. */
    public static ClientAuth of(String name) {
      return Arrays.stream(values())
          .filter(auth -> auth.goName.equals(name) || name.isEmpty() && auth == NONE)
          .findFirst()
          .orElseThrow(() -> unknown(name));
    }

    private static IllegalArgumentException unknown(String name) {
      String names = Arrays.stream(values()).map(a -> a.goName).collect(Collectors.joining(", "));
      return new IllegalArgumentException(
          SECTION + "client_auth_type is " + name + ", wanted one of " + names);
    }
  }

  /** A version of TLS; nobody offers an older one any more. */
  public enum Version {
    TLS_1_2,
    TLS_1_3;

    /**
     * Reads Go's name. Versions before 1.2 are understood, so that old files work, but not spoken.
     */
    public static Version of(String name) {
      return switch (name) {
        case "", "VersionTLS10", "VersionTLS11", "VersionTLS12" -> TLS_1_2;
        case "VersionTLS13" -> TLS_1_3;
        default ->
            throw new IllegalArgumentException(
                "server.tls_min_version is " + name + ", wanted VersionTLS12 or VersionTLS13");
      };
    }
  }

  public TlsConfig {
    Check.present(clientAuth, "client_auth_type");
    Check.present(oldest, "tls_min_version");
    ciphers = List.copyOf(ciphers);
    if (cert.given() != key.given()) {
      throw new IllegalArgumentException(SECTION + "cert_file and key_file must be given together");
    }
    if (clientCa.given() && clientAuth == ClientAuth.NONE) {
      throw new IllegalArgumentException(
          SECTION
              + "client_ca_file is given, but client_auth_type asks for no certificate; wanted"
              + " RequireAndVerifyClientCert or VerifyClientCertIfGiven");
    }
    if (clientAuth.verifies() && !clientCa.given()) {
      throw new IllegalArgumentException(
          SECTION + "client_auth_type is " + clientAuth.goName + ", wanted a client_ca_file");
    }
  }

  public static TlsConfig none() {
    return new TlsConfig(
        PemSource.none(SECTION + "cert_file"),
        PemSource.none(SECTION + "key_file"),
        PemSource.none(SECTION + "client_ca_file"),
        ClientAuth.NONE,
        Version.TLS_1_2,
        List.of());
  }

  public boolean enabled() {
    return cert.given();
  }
}
