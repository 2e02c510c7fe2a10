package dev.skald.ruler.rules;

import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes mappings and lists as Go's YAML library lays them out: nested by four columns, where the
 * keys of an item of a list begin behind its dash (http-api.md §9.2). For one thread.
 */
final class YamlWriter {
  private static final int STEP = 4;

  private final StringBuilder out = new StringBuilder();
  private final Resolver resolver = new Resolver();
  private boolean behindDash;

  /** Returns the column of what stands below a key. */
  static int below(int column) {
    return (column + STEP) / STEP * STEP;
  }

  /** Begins an item of a list; its keys have the column that is returned. */
  int item(int column) {
    out.repeat(' ', column).append("- ");
    behindDash = true;
    return column + 2;
  }

  /** Writes a key whose value begins on the next line. */
  YamlWriter key(int column, String key) {
    begin(column, key).append('\n');
    return this;
  }

  /** Writes a key and a value that is written as it stands. */
  YamlWriter plain(int column, String key, String value) {
    begin(column, key).append(' ').append(value).append('\n');
    return this;
  }

  /** Writes a key and a text, quoted as it needs to be. */
  YamlWriter text(int column, String key, String value) {
    begin(column, key).append(' ');
    if (isBlock(value)) {
      block(value, below(column));
    } else {
      out.append(scalar(value)).append('\n');
    }
    return this;
  }

  /** Writes a key and a map, unless it is empty. */
  YamlWriter map(int column, String key, Map<String, String> map) {
    if (!map.isEmpty()) {
      key(column, key);
      map.forEach((name, value) -> text(below(column), name, value));
    }
    return this;
  }

  private StringBuilder begin(int column, String key) {
    if (!behindDash) {
      out.repeat(' ', column);
    }
    behindDash = false;
    return out.append(scalar(key)).append(':');
  }

  /** Lines that read the same when they stand below each other. */
  private static boolean isBlock(String text) {
    return text.indexOf('\n') > 0
        && text.charAt(0) != ' '
        && text.codePoints().allMatch(c -> c == '\n' || isPrintable(c))
        && text.lines().noneMatch(line -> line.endsWith(" "));
  }

  /** What may stand in a line as it is, and ends none. */
  private static boolean isPrintable(int c) {
    return c >= ' ' && c <= '~'
        || c >= 0xA0 && c < Character.MIN_SURROGATE && c != 0x2028 && c != 0x2029
        || c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF
        || Character.isSupplementaryCodePoint(c);
  }

  private void block(String text, int column) {
    String body = withoutEnds(text);
    int ends = text.length() - body.length();
    out.append(ends == 0 ? "|-" : ends == 1 ? "|" : "|+").append('\n');
    for (String line : body.split("\n", -1)) {
      out.repeat(' ', line.isEmpty() ? 0 : column).append(line).append('\n');
    }
    out.repeat('\n', Math.max(0, ends - 1));
  }

  /** Spaces that only Unicode has belong to the text. */
  private static String withoutEnds(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return text.substring(0, end);
  }

  private String scalar(String text) {
    Tag plain = resolver.resolve(NodeId.scalar, text, true);
    if (!plain.equals(Tag.STR) || text.matches("[yYnN]")) {
      return '"' + text + '"';
    }
    if (!text.codePoints().allMatch(YamlWriter::isPrintable)) {
      return escaped(text);
    }
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    return withoutEnds(new Yaml(options).dump(text));
  }

  private static String escaped(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (isPrintable(c)) {
                    quoted.appendCodePoint(c);
                  } else {
                    quoted.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
