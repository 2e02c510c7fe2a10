package dev.skald.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where certificates or a key stand in PEM: in a file, or in the configuration itself.
 *
 * @param key of the configuration, for messages
 * @param file empty if it is not in a file
 * @param text empty if it is not in the configuration
 */
public record PemSource(String key, String file, String text) {
  public PemSource {
    Check.present(key, "key");
    Check.present(file, key);
    Check.present(text, key);
    if (!file.isEmpty() && !text.isEmpty()) {
      throw new IllegalArgumentException(key + " is given twice: as a file and as text");
    }
  }

  public static PemSource none(String key) {
    return new PemSource(key, "", "");
  }

  public boolean given() {
    return !file.isEmpty() || !text.isEmpty();
  }

  /**
   * Returns what stands there now.
   *
   * @throws IOException if the file cannot be read; the message names the key and the file
   */
  public String read() throws IOException {
    if (file.isEmpty()) {
      return text;
    }
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new IOException(this + ": there is no such file", e);
    } catch (IOException e) {
      throw new IOException(this + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The key and the file; never a text, which may be a secret. */
  @Override
  public String toString() {
    return file.isEmpty() ? key : key + " " + file;
  }
}
