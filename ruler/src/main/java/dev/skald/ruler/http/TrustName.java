package dev.skald.ruler.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes a server whose certificate is trusted and made out to one name, whatever the URL calls it,
 * as {@code server_name} asks.
 */
final class TrustName extends X509ExtendedTrustManager {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final X509ExtendedTrustManager usual;
  private final String name;

  TrustName(X509ExtendedTrustManager usual, String name) {
    this.usual = usual;
    this.name = name.toLowerCase(Locale.ROOT);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    // Without an engine, the usual check looks at no name.
    usual.checkServerTrusted(chain, type);
    Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
    if (names == null || names.stream().noneMatch(this::isFor)) {
      throw new CertificateException(
          "the certificate is for " + names + ", wanted one for " + name);
    }
  }

  private boolean isFor(List<?> alternative) {
    int kind = (Integer) alternative.get(0);
    if (kind != DNS_NAME && kind != IP_ADDRESS) {
      return false;
    }
    String found = alternative.get(1).toString().toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    boolean wildcard = kind == DNS_NAME && found.startsWith("*.") && dot > 0;
    return found.equals(name) || wildcard && found.substring(1).equals(name.substring(dot));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    usual.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    usual.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    usual.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return usual.getAcceptedIssuers();
  }
}
