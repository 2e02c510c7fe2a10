package dev.skald.config.load;

import dev.skald.config.AuthConfig;
import dev.skald.config.AuthConfig.Access;
import dev.skald.config.AuthConfig.User;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code auth} as a record. */
final class AuthReader {
  private AuthReader() {}

  static AuthConfig auth(Settings root) {
    Settings auth = root.block("auth");
    List<User> users = auth.blocks("users").stream().map(AuthReader::user).toList();
    if (!root.flag("auth_enabled") && users.stream().anyMatch(user -> !user.tenants().isEmpty())) {
      throw new IllegalArgumentException(
          "auth.users: tenants say nothing without auth_enabled: true, where all is one tenant's");
    }
    return new AuthConfig(users, new HashSet<>(auth.texts("public_paths")));
  }

  private static User user(Settings user) {
    return new User(
        user.text("name"),
        user.text("password_hash"),
        user.text("token_hash"),
        Set.copyOf(new HashSet<>(user.texts("tenants"))),
        Access.valueOf(user.text("access").toUpperCase(Locale.ROOT)));
  }
}
