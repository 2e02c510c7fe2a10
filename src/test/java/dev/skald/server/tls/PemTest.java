package dev.skald.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PemTest {
  static X509Bundle bundle(Algorithm algorithm) throws Exception {
    return new CertificateBuilder()
        .subject("CN=localhost")
        .algorithm(algorithm)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }

  /** What lies inside PKCS #8: after the version and the algorithm, the octets. */
  static byte[] older(byte[] pkcs8) {
    ByteBuffer in = ByteBuffer.wrap(pkcs8);
    enter(in);
    skip(in);
    skip(in);
    byte[] content = new byte[enter(in)];
    in.get(content);
    return content;
  }

  private static int enter(ByteBuffer in) {
    in.get();
    int length = in.get() & 0xff;
    int value = length;
    if (length > 0x7f) {
      value = 0;
      for (int i = 0; i < (length & 0x7f); i++) {
        value = value << 8 | in.get() & 0xff;
      }
    }
    return value;
  }

  private static void skip(ByteBuffer in) {
    int length = enter(in);
    in.position(in.position() + length);
  }

  @ParameterizedTest
  @EnumSource(names = {"rsa2048", "rsa4096", "ecp256", "ecp384", "ed25519"})
  void readsKeysOfPkcs8(Algorithm algorithm) throws Exception {
    X509Bundle bundle = bundle(algorithm);

    assertThat(Pem.privateKey(bundle.getPrivateKeyPEM()).getEncoded())
        .isEqualTo(bundle.getKeyPair().getPrivate().getEncoded());
    assertThat(Pem.certificates("a word before\n" + bundle.getCertificatePathPEM()))
        .containsExactly(bundle.getCertificate());
  }

  @ParameterizedTest
  @EnumSource(names = {"rsa2048", "rsa4096"})
  void readsRsaKeysOfPkcs1(Algorithm algorithm) throws Exception {
    byte[] pkcs8 = bundle(algorithm).getKeyPair().getPrivate().getEncoded();

    assertThat(Pem.privateKey(pem("RSA PRIVATE KEY", older(pkcs8))).getEncoded()).isEqualTo(pkcs8);
  }

  /** As {@code openssl ecparam -name prime256v1 -genkey} has written it. */
  private static final String SEC1 =
      """
      -----BEGIN EC PARAMETERS-----
      BggqhkjOPQMBBw==
      -----END EC PARAMETERS-----
      %s\
      """;

  @Test
  void readsEcKeysOfSec1() throws Exception {
    byte[] scalar = new byte[32];
    scalar[31] = 7;
    byte[] curve = {(byte) 0xa0, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    ByteBuffer der = ByteBuffer.allocate(51);
    der.put(new byte[] {0x30, 49, 2, 1, 1, 4, 32}).put(scalar).put(curve);

    String text = SEC1.formatted(pem("EC PRIVATE KEY", der.array()));

    assertThat(Pem.privateKey(text).getAlgorithm()).isEqualTo("EC");
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, there is no private key in it",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END, the key is encrypted",
    "-----BEGIN PRIVATE KEY-----AAAA-----END, 'the key is no RSA, EC or Ed25519 key'",
    "-----BEGIN DSA PRIVATE KEY-----AAAA-----END, the key is DSA",
    "-----BEGIN EC PRIVATE KEY-----MAA=-----END, the EC key does not name its curve",
    "-----BEGIN EC PRIVATE KEY-----MA==-----END, the EC key is cut off or damaged",
    "-----BEGIN EC PRIVATE KEY-----MIT/////-----END, the EC key is cut off or damaged",
    "-----BEGIN RSA PRIVATE KEY-----A-----END, the key is no base64",
  })
  void tellsWhatIsWrongWithAKey(String text, String why) {
    assertThatThrownBy(() -> Pem.privateKey(text))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining(why);
  }

  @Test
  void tellsWhatIsWrongWithCertificates() {
    assertThatThrownBy(() -> Pem.certificates("")).isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> Pem.certificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END"))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
