package dev.skald.ruler.evaluate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where Grafana shows a query (config-and-clients.md §2.8). */
final class ExploreLink {
  private ExploreLink() {}

  /**
   * @param externalUrl of Grafana; empty for a relative link
   */
  static String of(String externalUrl, String datasourceUid, String query) {
    String json =
        "{\"queries\":[{\"expr\":"
            + quoted(query)
            + ",\"queryType\":\"range\",\"datasource\":{\"type\":\"loki\",\"uid\":"
            + quoted(datasourceUid)
            + "}}]}";
    String base = externalUrl.replaceAll("/+$", "");
    return base + "/explore?left=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
  }

  /** A text in JSON, with what HTML gives a meaning escaped as Go does. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          boolean escaped = c < ' ' || c == '<' || c == '>' || c == '&';
          out.append(escaped ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
      }
    }
    return out.append('"').toString();
  }
}
