package dev.skald.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A token as it stands in a configuration, {@code sha256:HEX}. Tokens are long and random, so that
 * a quick hash does.
 */
record TokenHash(byte[] hash) {
  private static final String NAME = "sha256:";

  static TokenHash of(String token) {
    return new TokenHash(sha256(token.getBytes(StandardCharsets.UTF_8)));
  }

  static TokenHash parse(String text) {
    if (!text.startsWith(NAME)) {
      throw new IllegalArgumentException("not a hash of a token: wanted " + NAME + "…");
    }
    return new TokenHash(HexFormat.of().parseHex(text.substring(NAME.length())));
  }

  String text() {
    return NAME + HexFormat.of().formatHex(hash);
  }

  /** Whether this is the same token; takes the same time whatever it is. */
  boolean matches(TokenHash other) {
    return MessageDigest.isEqual(hash, other.hash);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
