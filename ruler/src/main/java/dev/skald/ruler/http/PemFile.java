package dev.skald.ruler.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys of PEM files. */
final class PemFile {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([^-]*)-----END");

  /** Version 0 and the algorithm {@code rsaEncryption}, as they stand in PKCS #8 (RFC 5208). */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private PemFile() {}

  /**
   * @throws IOException if there is none in the file
   */
  static List<Certificate> certificates(Path file) throws IOException {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (found.isEmpty()) {
        throw new IOException(file + " holds no certificate in PEM");
      }
      return List.copyOf(found);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no certificates: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a key in the forms PKCS #8 and PKCS #1.
   *
   * @throws IOException if there is none in the file
   */
  static PrivateKey privateKey(Path file) throws IOException {
    Matcher key = KEY.matcher(Files.readString(file));
    if (!key.find() || key.group(1).startsWith("EC")) {
      throw new IOException(
          file
              + " holds no private key in PEM of the form PKCS #8 (BEGIN PRIVATE KEY) or"
              + " PKCS #1 (BEGIN RSA PRIVATE KEY)");
    }
    byte[] bytes = decoded(file, key.group(2));
    byte[] pkcs8 = key.group(1).isEmpty() ? bytes : wrapped(bytes);
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException another) {
        continue;
      }
    }
    throw new IOException(file + " holds a private key that is neither RSA nor EC nor EdDSA");
  }

  private static byte[] decoded(Path file, String base64) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds a private key that is not base64", e);
    }
  }

  private static byte[] wrapped(byte[] pkcs1) throws IOException {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.write(RSA);
    inner.write(element(0x04, pkcs1));
    return element(0x30, inner.toByteArray());
  }

  /** An element of DER with a length in two bytes or four. */
  private static byte[] element(int tag, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.write(content);
    return out.toByteArray();
  }
}
