package dev.skald.config;

/**
 * How a client of another server checks it and proves itself over TLS. Empty file names stand for
 * the certificates that Java trusts, and for no certificate of its own.
 *
 * @param caFile certificates that the server's must come from, in PEM
 * @param certFile the client's certificate and those it comes from, in PEM
 * @param keyFile the private key of {@code certFile}, in PEM
 * @param serverName what the server's certificate must be for; empty for the name in the URL
 * @param insecure whether any certificate will do
 */
public record TlsClientConfig(
    String caFile, String certFile, String keyFile, String serverName, boolean insecure) {
  public static final TlsClientConfig NONE = new TlsClientConfig("", "", "", "", false);

  public TlsClientConfig {
    Check.present(caFile, "ca_file");
    Check.present(certFile, "cert_file");
    Check.present(keyFile, "key_file");
    Check.present(serverName, "server_name");
    if (certFile.isEmpty() != keyFile.isEmpty()) {
      throw new IllegalArgumentException("the certificate and its key must be given together");
    }
  }
}
