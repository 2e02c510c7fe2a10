package dev.skald.server.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/**
 * Wraps older forms of private keys as PKCS #8, the one that Java reads (RFC 5208): a version, the
 * algorithm, and the older form as it stands.
 */
final class Pkcs8 {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  /** Where a SEC 1 key says its curve: the element with context tag 0. */
  private static final int CURVE = 0xa0;

  private static final byte[] VERSION = HexFormat.of().parseHex("020100");

  /** rsaEncryption, without parameters. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** ecPublicKey; the curve follows. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Pkcs8() {}

  static byte[] ofRsa(byte[] pkcs1) {
    return wrapped(element(SEQUENCE, RSA), pkcs1);
  }

  /**
   * @throws GeneralSecurityException if the key does not say its curve
   */
  static byte[] ofEc(byte[] sec1) throws GeneralSecurityException {
    return wrapped(element(SEQUENCE, EC, curve(sec1)), sec1);
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, VERSION, algorithm, element(OCTETS, key));
  }

  private static byte[] curve(byte[] sec1) throws GeneralSecurityException {
    try {
      ByteBuffer outer = ByteBuffer.wrap(sec1);
      ByteBuffer fields = next(outer, SEQUENCE);
      while (fields.hasRemaining()) {
        int tag = fields.get(fields.position()) & 0xff;
        ByteBuffer field = next(fields, tag);
        if (tag == CURVE) {
          byte[] curve = new byte[field.remaining()];
          field.get(curve);
          return curve;
        }
      }
    } catch (RuntimeException e) {
      throw new GeneralSecurityException("the EC key is cut off or damaged", e);
    }
    throw new GeneralSecurityException("the EC key does not name its curve");
  }

  /** Takes one element and returns its content. */
  private static ByteBuffer next(ByteBuffer in, int tag) {
    if ((in.get() & 0xff) != tag) {
      throw new IllegalArgumentException("not the element that was expected");
    }
    int length = in.get() & 0xff;
    if (length > 0x7f) {
      int bytes = length & 0x7f;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | in.get() & 0xff;
      }
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(content.size(), out);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void writeLength(int length, ByteArrayOutputStream out) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
    out.write(0x80 | bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(length >>> 8 * i);
    }
  }
}
