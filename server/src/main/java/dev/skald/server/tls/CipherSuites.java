package dev.skald.server.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picks the suites that a configuration names, as Go and IANA name them. */
final class CipherSuites {
  private static final Logger LOG = LoggerFactory.getLogger(CipherSuites.class);
  private static final String KEY = "server.tls_cipher_suites";

  private CipherSuites() {}

  /**
   * Returns the suites to offer, or null for Java's choice. As in Go, a list says nothing of TLS
   * 1.3, whose few suites are always offered. What Java does not have any more is left out.
   *
   * @throws GeneralSecurityException if none is left for TLS 1.2
   */
  static List<String> pick(List<String> wanted) throws GeneralSecurityException {
    if (wanted.isEmpty()) {
      return null;
    }
    String[] supported = SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
    Set<String> offered = Arrays.stream(supported).collect(Collectors.toSet());
    List<String> picked = new ArrayList<>();
    for (String name : wanted) {
      String suite = name.endsWith("_CHACHA20_POLY1305") ? name + "_SHA256" : name;
      if (offered.contains(suite)) {
        picked.add(suite);
      } else {
        LOG.warn("{}: {} is not offered by this Java and left out", KEY, name);
      }
    }
    if (picked.isEmpty()) {
      throw new GeneralSecurityException(
          KEY + ": none of " + String.join(", ", wanted) + " is offered by this Java");
    }
    Arrays.stream(supported).filter(CipherSuites::isOfTls13).forEach(picked::add);
    return picked;
  }

  private static boolean isOfTls13(String suite) {
    return suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_");
  }
}
