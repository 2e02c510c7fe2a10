package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.STRING;

import java.util.Base64;
import java.util.Map;

/** The functions that encode and decode. */
final class EncodingFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.of(
          "urlencode", Function.of(call -> UrlEncoding.encode(call.string(0)), STRING),
          "urldecode", Function.of(call -> UrlEncoding.decode(call.string(0)), STRING),
          "b64enc", Function.of(call -> encodeBase64(call.string(0)), STRING),
          "b64dec", Function.of(call -> decodeBase64(call.string(0)), STRING));

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private EncodingFunctions() {}

  private static String encodeBase64(String text) {
    return ByteText.of(Base64.getEncoder().encode(ByteText.toBytes(text)));
  }

  /** Decodes; what is malformed gives the text of the error, as Loki's does. */
  private static String decodeBase64(String text) {
    int corrupt = firstCorrupt(text);
    if (corrupt >= 0) {
      return "illegal base64 data at input byte " + corrupt;
    }
    String data = text.replace("\r", "").replace("\n", "");
    return ByteText.of(Base64.getDecoder().decode(ByteText.toBytes(data)));
  }

  /** Returns the place that Go's decoder complains about; -1 if there is none. */
  private static int firstCorrupt(String text) {
    int inQuantum = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\r' || c == '\n') {
        continue;
      }
      if (c == '=') {
        return corruptPadding(text, at, inQuantum);
      }
      if (ALPHABET.indexOf(c) < 0) {
        return at;
      }
      inQuantum = (inQuantum + 1) % 4;
    }
    return inQuantum == 0 ? -1 : text.length() - inQuantum;
  }

  private static int corruptPadding(String text, int at, int inQuantum) {
    if (inQuantum < 2) {
      return at;
    }
    int next = skipNewlines(text, at + 1);
    if (inQuantum == 2) {
      if (next == text.length()) {
        return text.length();
      }
      if (text.charAt(next) != '=') {
        return next;
      }
      next = skipNewlines(text, next + 1);
    }
    return next < text.length() ? next : -1;
  }

  private static int skipNewlines(String text, int at) {
    int next = at;
    while (next < text.length() && (text.charAt(next) == '\r' || text.charAt(next) == '\n')) {
      next++;
    }
    return next;
  }
}
