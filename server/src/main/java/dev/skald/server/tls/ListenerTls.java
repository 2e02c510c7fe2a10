package dev.skald.server.tls;

import dev.skald.config.PemSource;
import dev.skald.config.TlsConfig;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS with the certificates in force. Connections keep those that they began with. Safe for use by
 * any thread.
 */
public final class ListenerTls {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerTls.class);

  /** What was read, and what came of it. */
  private record Loaded(List<String> texts, SslContext context) {}

  private final TlsConfig config;
  private final Duration handshakeTimeout;
  private volatile Loaded loaded;
  private volatile String lastFailure = "";

  private ListenerTls(TlsConfig config, Duration handshakeTimeout, Loaded loaded) {
    this.config = config;
    this.handshakeTimeout = handshakeTimeout;
    this.loaded = loaded;
  }

  /**
   * Reads certificates and key.
   *
   * @param handshakeTimeout zero for none
   * @throws IOException if they cannot be read or do not fit; the message names key and file
   */
  public static ListenerTls open(TlsConfig config, Duration handshakeTimeout) throws IOException {
    return new ListenerTls(config, handshakeTimeout, load(config, texts(config)));
  }

  /** Takes changed files into use; where they are bad, what was in force stays so. */
  public void reload() {
    try {
      List<String> texts = texts(config);
      if (!texts.equals(loaded.texts)) {
        loaded = load(config, texts);
        LOG.info("{} has changed and is in use", config.cert());
      }
      lastFailure = "";
    } catch (IOException e) {
      if (!lastFailure.equals(e.getMessage())) {
        LOG.error("TLS goes on with the certificate that it has: {}", e.getMessage());
      }
      lastFailure = e.getMessage();
    }
  }

  /** Makes what encrypts one connection; it stands first in the pipeline. */
  public ChannelHandler handler() {
    return new TlsSniffer(loaded.context, handshakeTimeout);
  }

  private static List<String> texts(TlsConfig config) throws IOException {
    return List.of(config.cert().read(), config.key().read(), config.clientCa().read());
  }

  private static Loaded load(TlsConfig config, List<String> texts) throws IOException {
    X509Certificate[] chain = read(config.cert(), () -> Pem.certificates(texts.get(0)));
    PrivateKey key = read(config.key(), () -> Pem.privateKey(texts.get(1)));
    if (!belong(key, chain[0])) {
      throw new IOException(config.key() + " is not the key of " + config.cert());
    }
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(key, chain)
              .sslProvider(SslProvider.JDK)
              .protocols(protocols(config))
              .ciphers(CipherSuites.pick(config.ciphers()))
              .applicationProtocolConfig(onlyHttp1());
      return new Loaded(texts, withClientAuth(builder, config, texts.get(2)).build());
    } catch (SSLException | GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static SslContextBuilder withClientAuth(
      SslContextBuilder builder, TlsConfig config, String ca) throws IOException {
    if (config.clientAuth().verifies()) {
      builder.trustManager(read(config.clientCa(), () -> Pem.certificates(ca)));
    } else {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    }
    return builder.clientAuth(
        switch (config.clientAuth()) {
          case NONE -> ClientAuth.NONE;
          case REQUEST, VERIFY_IF_GIVEN -> ClientAuth.OPTIONAL;
          case REQUIRE_ANY, REQUIRE_AND_VERIFY -> ClientAuth.REQUIRE;
        });
  }

  private static String[] protocols(TlsConfig config) {
    return switch (config.oldest()) {
      case TLS_1_2 -> new String[] {"TLSv1.3", "TLSv1.2"};
      case TLS_1_3 -> new String[] {"TLSv1.3"};
    };
  }

  private static ApplicationProtocolConfig onlyHttp1() {
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        ApplicationProtocolNames.HTTP_1_1);
  }

  private interface Reading<T> {
    T get() throws GeneralSecurityException;
  }

  private static <T> T read(PemSource source, Reading<T> reading) throws IOException {
    try {
      return reading.get();
    } catch (GeneralSecurityException e) {
      throw new IOException(source + ": " + e.getMessage(), e);
    }
  }

  /** Whether what the key signs is what the certificate confirms. */
  private static boolean belong(PrivateKey key, X509Certificate certificate) throws IOException {
    try {
      String algorithm =
          switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
          };
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
