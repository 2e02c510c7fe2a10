package dev.skald.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may use the server ({@code auth}). Without users everybody may.
 *
 * @param publicPaths paths that need no credentials, without the prefix of all paths
 */
public record AuthConfig(List<User> users, Set<String> publicPaths) {
  /** What a user may do. */
  public enum Access {
    READ,
    WRITE,
    READ_WRITE;

    public boolean reads() {
      return this != WRITE;
    }

    public boolean writes() {
      return this != READ;
    }
  }

  /**
   * A user, who proves that it is one by a password or a token.
   *
   * @param passwordHash {@code pbkdf2-sha256:ITERATIONS:SALT:HASH}, empty for none
   * @param tokenHash {@code sha256:HEX}, empty for none
   * @param tenants whose data it may use; empty for all
   */
  public record User(
      String name, String passwordHash, String tokenHash, Set<String> tenants, Access access) {
    private static final Pattern PASSWORD_HASH =
        Pattern.compile("pbkdf2-sha256:[1-9]\\d{0,8}:[\\w-]{8,}:[\\w-]{43}");
    private static final Pattern TOKEN_HASH = Pattern.compile("sha256:[0-9a-f]{64}");

    public User {
      Check.present(access, "access");
      tenants = Set.copyOf(tenants);
      if (name.isEmpty() || name.contains(":")) {
        throw wrong(name, "name is \"" + name + "\", wanted one without a colon");
      }
      if (passwordHash.isEmpty() && tokenHash.isEmpty()) {
        throw wrong(name, "has neither password_hash nor token_hash");
      }
      if (!passwordHash.isEmpty() && !PASSWORD_HASH.matcher(passwordHash).matches()) {
        throw wrong(name, "password_hash is none that `skald hash-password` has printed");
      }
      if (!tokenHash.isEmpty() && !TOKEN_HASH.matcher(tokenHash).matches()) {
        throw wrong(name, "token_hash is none that `skald hash-password -token` has printed");
      }
    }

    private static IllegalArgumentException wrong(String name, String what) {
      return new IllegalArgumentException("auth.users: " + name + ": " + what);
    }

    @Override
    public String toString() {
      return "User[" + name + ", " + tenants + ", " + access + "]";
    }
  }

  public AuthConfig {
    users = List.copyOf(users);
    publicPaths = Set.copyOf(publicPaths);
    Set<String> names = new HashSet<>();
    for (User user : users) {
      if (!names.add(user.name)) {
        throw new IllegalArgumentException("auth.users: there are two " + user.name);
      }
    }
  }

  public static AuthConfig none() {
    return new AuthConfig(List.of(), Set.of("/ready"));
  }

  public boolean enabled() {
    return !users.isEmpty();
  }
}
