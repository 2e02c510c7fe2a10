package dev.skald.config.keys;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Comma lists of URLs, and the hiding of passwords in them. */
final class Urls {
  static final String MASK = "********";
  private static final Pattern PASSWORD = Pattern.compile("(://[^/@:]*:)[^/@]+@");

  private Urls() {}

  /** Returns the text if each part of it is a URL; parts may be written with a secret in them. */
  static String checked(String text) {
    for (String part : text.split(",")) {
      try {
        new URI(part.strip());
      } catch (URISyntaxException e) {
        // The text itself stays out of the message: it may hold a password.
        throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
      }
    }
    return text;
  }

  static String masked(String text) {
    return PASSWORD.matcher(text).replaceAll("$1" + MASK + "@");
  }
}
