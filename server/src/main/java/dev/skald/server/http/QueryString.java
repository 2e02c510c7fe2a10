package dev.skald.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decodes {@code a=b&c=d}, of a URL or of a form (http-api.md §1.1). */
final class QueryString {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private QueryString() {}

  /** Adds the pairs of a text to a map. */
  static void decode(String text, Map<String, List<String>> into) {
    if (text.isEmpty()) {
      return;
    }
    for (String pair : text.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = unescape(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : unescape(pair.substring(equals + 1), true);
      into.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
  }

  static Map<String, List<String>> decode(String text) {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    decode(text, pairs);
    return pairs;
  }

  /** Encodes what may not stand in the path of a URL. */
  static String escapePath(String path) {
    StringBuilder out = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b >= 'a' && b <= 'z'
              || b >= 'A' && b <= 'Z'
              || b >= '0' && b <= '9'
              || "-_.~$&+,/:;=@".indexOf(b) >= 0;
      if (plain) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  /**
   * Undoes percent encoding.
   *
   * @param plusIsBlank whether {@code +} means a blank, as it does in a query string
   * @throws HttpException 400 with Go's text if an escape is malformed
   */
  static String unescape(String text, boolean plusIsBlank) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        int high = i + 1 < in.length ? Character.digit(in[i + 1], 16) : -1;
        int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          String bad = new String(in, i, Math.min(3, in.length - i), StandardCharsets.UTF_8);
          throw new HttpException(400, "invalid URL escape \"" + bad + "\"");
        }
        out[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        out[length++] = in[i] == '+' && plusIsBlank ? (byte) ' ' : in[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
