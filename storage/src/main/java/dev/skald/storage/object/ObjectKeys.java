package dev.skald.storage.object;

/** Which keys an {@link ObjectStore} takes: one or more plain names joined by {@code /}. */
final class ObjectKeys {
  private ObjectKeys() {}

  /**
   * @throws IllegalArgumentException if the key is not plain; says which part is bad
   */
  static void check(String key) {
    for (String part : key.split("/", -1)) {
      if (!isPlainName(part)) {
        throw new IllegalArgumentException(
            "key \"" + key + "\" has the part \"" + part + "\", wanted a plain name");
      }
    }
  }

  static boolean isPlain(String key) {
    for (String part : key.split("/", -1)) {
      if (!isPlainName(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlainName(String part) {
    return !part.isEmpty()
        && !part.equals(".")
        && !part.equals("..")
        && part.indexOf('\\') < 0
        && part.indexOf('\0') < 0;
  }
}
