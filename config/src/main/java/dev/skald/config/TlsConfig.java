package dev.skald.config;

/**
 * Certificates of the listener ({@code http_tls_config}). TLS is on when both files are named.
 *
 * @param clientAuth Go's name of a policy, as {@code RequireAndVerifyClientCert}; empty for none
 */
public record TlsConfig(String certFile, String keyFile, String clientCaFile, String clientAuth) {
  public TlsConfig {
    Check.present(certFile, "cert_file");
    Check.present(keyFile, "key_file");
    Check.present(clientCaFile, "client_ca_file");
    Check.present(clientAuth, "client_auth_type");
    if (certFile.isEmpty() != keyFile.isEmpty()) {
      throw new IllegalArgumentException("cert_file and key_file must be given together");
    }
  }

  public static TlsConfig none() {
    return new TlsConfig("", "", "", "");
  }

  public boolean enabled() {
    return !certFile.isEmpty();
  }
}
