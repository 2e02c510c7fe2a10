package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** {@code auth}, which is Skald's own. */
final class AuthKeys {
  static final Section AUTH =
      Section.of("auth.Config", blocks("users", user()), usedTexts("public_paths", "/ready"));

  private AuthKeys() {}

  private static Section user() {
    return Section.of(
        "auth.User",
        used("name", TEXT, ""),
        used("password_hash", SECRET, ""),
        used("token_hash", SECRET, ""),
        usedTexts("tenants"),
        used("access", TEXT, "read_write").oneOf("read", "write", "read_write"));
  }
}
