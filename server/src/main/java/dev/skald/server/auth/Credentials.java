package dev.skald.server.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What a header {@code Authorization} says (RFC 7617, RFC 6750). */
sealed interface Credentials {
  record Basic(String name, String password) implements Credentials {}

  record Bearer(String token) implements Credentials {}

  /** Reads a header; empty if it is missing or of no such form. */
  static Optional<Credentials> parse(String header) {
    int blank = header.indexOf(' ');
    if (blank < 0) {
      return Optional.empty();
    }
    String rest = header.substring(blank + 1).strip();
    return switch (header.substring(0, blank).toLowerCase(Locale.ROOT)) {
      case "basic" -> basic(rest);
      case "bearer" -> Optional.of(new Bearer(rest));
      default -> Optional.empty();
    };
  }

  private static Optional<Credentials> basic(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
