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

  /** So many pairs does a request have at most, so that many tiny ones do not fill the memory. */
  private static final int MOST_PAIRS = 1000;

  private QueryString() {}

  /** Adds the pairs of a text to a map. */
  static void decode(String text, Map<String, List<String>> into) {
    decode(text.getBytes(StandardCharsets.UTF_8), into);
  }

  /**
   * Adds the pairs of a text in UTF-8 to a map.
   *
   * @throws HttpException 400 with Go's text if an escape is malformed; 400 if the map would have
   *     more pairs than a request may have
   */
  static void decode(byte[] text, Map<String, List<String>> into) {
    int pairs = into.values().stream().mapToInt(List::size).sum();
    int end;
    for (int from = 0; from < text.length; from = end + 1) {
      end = find('&', text, from, text.length);
      if (end > from && pairs++ == MOST_PAIRS) {
        throw new HttpException(400, "too many parameters: at most " + MOST_PAIRS + " are taken");
      }
      if (end > from) {
        int equals = find('=', text, from, end);
        String value = equals == end ? "" : unescape(text, equals + 1, end, true);
        into.computeIfAbsent(unescape(text, from, equals, true), n -> new ArrayList<>()).add(value);
      }
    }
  }

  /** Returns where a byte is, or the end. */
  private static int find(char wanted, byte[] text, int from, int end) {
    int at = from;
    while (at < end && text[at] != wanted) {
      at++;
    }
    return at;
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
    return unescape(in, 0, in.length, plusIsBlank);
  }

  private static String unescape(byte[] in, int from, int end, boolean plusIsBlank) {
    byte[] out = new byte[end - from];
    int length = 0;
    for (int i = from; i < end; i++) {
      if (in[i] == '%') {
        int high = i + 1 < end ? Character.digit(in[i + 1], 16) : -1;
        int low = i + 2 < end ? Character.digit(in[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          String bad = new String(in, i, Math.min(3, end - i), StandardCharsets.UTF_8);
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
