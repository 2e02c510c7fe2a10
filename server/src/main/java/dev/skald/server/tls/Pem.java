package dev.skald.server.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM: certificates, and private keys in the three forms that tools write. */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----([^-]*)-----END");

  /** What keys are of whose form does not say it. */
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private Pem() {}

  /**
   * Returns all certificates of a text, in its order, at least one.
   *
   * @throws GeneralSecurityException if there is none or one cannot be read
   */
  static X509Certificate[] certificates(String text) throws GeneralSecurityException {
    X509Certificate[] certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
            .toArray(X509Certificate[]::new);
    if (certificates.length == 0) {
      throw new CertificateException("there is no certificate in it");
    }
    return certificates;
  }

  /**
   * Returns the first private key of a text: PKCS #8, PKCS #1 (RSA) or SEC 1 (EC).
   *
   * @throws GeneralSecurityException if there is none or it cannot be read
   */
  static PrivateKey privateKey(String text) throws GeneralSecurityException {
    Matcher key = KEY.matcher(text);
    if (!key.find()) {
      throw new GeneralSecurityException("there is no private key in it");
    }
    String form = key.group(1).strip();
    if (form.equals("ENCRYPTED") || key.group(2).contains("ENCRYPTED")) {
      throw new GeneralSecurityException("the key is encrypted, wanted one without a password");
    }
    byte[] der = decoded(key.group(2));
    return switch (form) {
      case "" -> pkcs8(der);
      case "RSA" -> pkcs8(Pkcs8.ofRsa(der));
      case "EC" -> pkcs8(Pkcs8.ofEc(der));
      default ->
          throw new GeneralSecurityException("the key is " + form + ", wanted RSA, EC or PKCS #8");
    };
  }

  private static byte[] decoded(String base64) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the key is no base64", e);
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException next) {
        continue;
      }
    }
    throw new GeneralSecurityException("the key is no RSA, EC or Ed25519 key");
  }
}
