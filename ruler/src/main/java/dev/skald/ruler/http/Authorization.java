package dev.skald.ruler.http;

import dev.skald.config.HttpAuth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** The {@code Authorization} header that a client's settings ask for. */
final class Authorization {
  private Authorization() {}

  /**
   * Returns the header's value; none where the client is to prove nothing. Files are read each
   * time, since secrets are changed while a process runs.
   *
   * @throws IOException if a file with a secret cannot be read
   */
  static Optional<String> header(HttpAuth auth) throws IOException {
    if (!auth.username().isEmpty()) {
      String pair = auth.username() + ":" + secret(auth.password(), auth.passwordFile());
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    String credentials = secret(auth.credentials(), auth.credentialsFile());
    return credentials.isEmpty() ? Optional.empty() : Optional.of(auth.type() + " " + credentials);
  }

  private static String secret(String text, String file) throws IOException {
    if (!text.isEmpty() || file.isEmpty()) {
      return text;
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IOException("cannot read the secret in " + file + ": " + e, e);
    }
  }
}
