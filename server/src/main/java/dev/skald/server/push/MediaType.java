package dev.skald.server.push;

import java.util.Locale;

/**
 * The type of a body, {@code application/json}, without its parameters (http-api.md §4.1). What is
 * none is told with Go's words.
 */
final class MediaType {
  private static final String SEPARATORS = "()<>@,;:\\\"/[]?=";

  private final String text;
  private int at;

  private MediaType(String text) {
    this.text = text;
  }

  /** Returns the type in lower case. */
  static String parse(String contentType) throws DecodeException {
    MediaType reader = new MediaType(contentType);
    String type = reader.type();
    while (reader.at < contentType.length()) {
      reader.parameter();
    }
    return type.toLowerCase(Locale.ROOT);
  }

  private String type() throws DecodeException {
    skipBlanks();
    int start = at;
    if (token().isEmpty()) {
      throw new DecodeException("mime: no media type");
    }
    if (take('/') && token().isEmpty()) {
      throw new DecodeException("mime: expected token after slash");
    }
    int end = at;
    skipBlanks();
    if (at < text.length() && text.charAt(at) != ';') {
      throw new DecodeException("mime: unexpected content after media type");
    }
    return text.substring(start, end);
  }

  /** Takes {@code ; name=value}; a semicolon may end the text. */
  private void parameter() throws DecodeException {
    boolean semicolon = take(';');
    skipBlanks();
    if (semicolon && at == text.length()) {
      return;
    }
    boolean valid = semicolon && !token().isEmpty() && take('=') && value();
    if (!valid) {
      throw new DecodeException("mime: invalid media parameter");
    }
    skipBlanks();
  }

  private boolean value() {
    if (!take('"')) {
      return !token().isEmpty();
    }
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return take('"');
  }

  private String token() {
    int start = at;
    while (at < text.length() && isToken(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isToken(char c) {
    return c > ' ' && c < 0x7f && SEPARATORS.indexOf(c) < 0;
  }

  private boolean take(char wanted) {
    if (at >= text.length() || text.charAt(at) != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }
}
