package dev.skald.ruler.http;

import dev.skald.config.TlsClientConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes of a client's TLS settings what Java wants. */
final class TlsContexts {
  private static final char[] NO_PASSWORD = {};

  private TlsContexts() {}

  /**
   * @throws IOException if a certificate or key cannot be read; says which file
   */
  static SSLContext open(TlsClientConfig tls) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(tls), new TrustManager[] {trust(tls)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use the TLS settings " + tls + ": " + e.getMessage(), e);
    }
  }

  private static KeyManager[] keys(TlsClientConfig tls)
      throws IOException, GeneralSecurityException {
    if (tls.certFile().isEmpty()) {
      return new KeyManager[0];
    }
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client",
        PemFile.privateKey(Path.of(tls.keyFile())),
        NO_PASSWORD,
        PemFile.certificates(Path.of(tls.certFile())).toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static X509ExtendedTrustManager trust(TlsClientConfig tls)
      throws IOException, GeneralSecurityException {
    if (tls.insecure()) {
      return new TrustEveryone();
    }
    KeyStore store = null;
    if (!tls.caFile().isEmpty()) {
      store = emptyStore();
      List<? extends Certificate> trusted = PemFile.certificates(Path.of(tls.caFile()));
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry("ca-" + i, trusted.get(i));
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    X509ExtendedTrustManager usual = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    return tls.serverName().isEmpty() ? usual : new TrustName(usual, tls.serverName());
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
