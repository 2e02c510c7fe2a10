package dev.skald.server.auth;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers the newest passwords that were checked, so that a client pays for the slow hash once;
 * right and wrong ones apart, so that those who guess push out nobody's right one. Keeps no
 * password: only hashes with a key that nobody knows. Safe for use by any thread.
 */
final class CheckedPasswords {
  private static final int KEY_BYTES = 32;

  private final byte[] key = new byte[KEY_BYTES];
  private final Set<ByteBuffer> right;
  private final Set<ByteBuffer> wrong;

  /**
   * @param most of each kind are remembered
   */
  CheckedPasswords(int most, SecureRandom random) {
    random.nextBytes(key);
    right = newest(most);
    wrong = newest(most);
  }

  private static Set<ByteBuffer> newest(int most) {
    return Collections.newSetFromMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > most;
          }
        });
  }

  /** Whether a password was found to be right; empty if it was not checked of late. */
  synchronized Optional<Boolean> outcome(Credentials.Basic credentials) {
    ByteBuffer place = place(credentials);
    if (uses(right, place)) {
      return Optional.of(true);
    }
    return uses(wrong, place) ? Optional.of(false) : Optional.empty();
  }

  /** What is asked for becomes the newest. */
  private static boolean uses(Set<ByteBuffer> places, ByteBuffer place) {
    return places.contains(place) && !places.add(place);
  }

  synchronized void remember(Credentials.Basic credentials, boolean isRight) {
    (isRight ? right : wrong).add(place(credentials));
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
