package dev.skald.server.push;

import java.util.Locale;

/** The type of a body, {@code application/json}, without its parameters (http-api.md §4.1). */
final class MediaType {
  private MediaType() {}

  /** Returns the type in lower case. */
  static String parse(String contentType) throws DecodeException {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    String name = type.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      throw new DecodeException("mime: no media type");
    }
    if (!name.matches("[^\\s/;=]+(/[^\\s/;=]+)?")) {
      throw new DecodeException("mime: expected slash in first token");
    }
    if (semicolon >= 0) {
      checkParameters(contentType.substring(semicolon + 1));
    }
    return name;
  }

  private static void checkParameters(String parameters) throws DecodeException {
    for (String parameter : parameters.split(";")) {
      String text = parameter.strip();
      if (!text.isEmpty() && !text.matches("[^\\s=]+=(\"[^\"]*\"|[^\\s\"]+)")) {
        throw new DecodeException("mime: invalid media parameter");
      }
    }
  }
}
