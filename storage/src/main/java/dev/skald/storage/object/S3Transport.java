package dev.skald.storage.object;

import dev.skald.config.S3Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/** Connections to S3: how many, for how long, and whom to trust. */
final class S3Transport {
  /** A query reads many ranges at once; a pool that is full makes them wait. */
  private static final int CONNECTIONS = 128;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** A store that sends nothing for so long is taken for dead where no timeout is configured. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private S3Transport() {}

  /**
   * @throws IOException if the file of certificates cannot be used
   */
  static SdkHttpClient open(S3Config.Http http) throws IOException {
    Apache5HttpClient.Builder builder =
        Apache5HttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECT_TIMEOUT)
            .connectionAcquisitionTimeout(SILENCE)
            .socketTimeout(http.responseTimeout().isZero() ? SILENCE : http.responseTimeout())
            .tcpKeepAlive(true);
    if (!http.idleTimeout().isZero()) {
      builder.connectionMaxIdleTime(http.idleTimeout());
    }
    if (!http.caFile().isEmpty()) {
      TrustManager[] trusted = trusted(Path.of(http.caFile()));
      builder.tlsTrustManagersProvider(() -> trusted);
    }
    AttributeMap.Builder defaults = AttributeMap.builder();
    if (http.insecureSkipVerify()) {
      defaults.put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true);
    }
    return builder.buildWithDefaults(defaults.build());
  }

  private static TrustManager[] trusted(Path file) throws IOException {
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw new CertificateException("it holds no certificate");
      }
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException failure) {
      throw new IOException("cannot use http_config.ca_file " + file + ": " + failure, failure);
    }
  }
}
