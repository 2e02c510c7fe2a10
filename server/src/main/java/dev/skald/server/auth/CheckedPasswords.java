package dev.skald.server.auth;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the newest passwords that were checked, right and wrong, so that a client pays for the
 * slow hash once. Keeps no password: only hashes with a key that nobody knows. Safe for use by any
 * thread.
 */
final class CheckedPasswords {
  private static final int KEY_BYTES = 32;

  private final byte[] key = new byte[KEY_BYTES];
  private final Map<ByteBuffer, Boolean> outcomes;

  /**
   * @param most are remembered
   */
  CheckedPasswords(int most, SecureRandom random) {
    random.nextBytes(key);
    outcomes =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > most;
          }
        };
  }

  /** Whether a password was found to be right; empty if it was not checked of late. */
  Optional<Boolean> outcome(Credentials.Basic credentials) {
    ByteBuffer place = place(credentials);
    synchronized (outcomes) {
      return Optional.ofNullable(outcomes.get(place));
    }
  }

  void remember(Credentials.Basic credentials, boolean right) {
    ByteBuffer place = place(credentials);
    synchronized (outcomes) {
      outcomes.put(place, right);
    }
  }

  private ByteBuffer place(Credentials.Basic credentials) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(key);
    bytes.writeBytes(credentials.name().getBytes(StandardCharsets.UTF_8));
    bytes.write(':');
    bytes.writeBytes(credentials.password().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(TokenHash.sha256(bytes.toByteArray()));
  }
}
