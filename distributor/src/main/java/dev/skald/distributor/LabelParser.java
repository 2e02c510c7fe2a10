package dev.skald.distributor;

import dev.skald.logql.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text of a label set, {@code {a="b", "utf.8"='c'}}, by the grammar of Prometheus metrics
 * (http-api.md §4.3). A leading bare name becomes the label {@code __name__}.
 */
final class LabelParser {
  /** A label as read; names may stand twice. */
  record Pair(String name, String value) {}

  private static final String METRIC_NAME = "__name__";
  private static final int MOST_DESCRIBED = 10;

  private final LabelCursor cursor;
  private final List<Pair> pairs = new ArrayList<>();

  private LabelParser(byte[] text) {
    this.cursor = new LabelCursor(text);
  }

  /** Returns the labels in the order of the text. */
  static List<Pair> parse(byte[] text) throws LabelParseException {
    LabelParser parser = new LabelParser(text);
    parser.metric();
    return parser.pairs;
  }

  private void metric() throws LabelParseException {
    cursor.skipBlanks();
    if (cursor.atNameStart() || cursor.peek() == ':') {
      pairs.add(new Pair(METRIC_NAME, cursor.name(true)));
      cursor.skipBlanks();
      if (cursor.peek() == LabelCursor.END) {
        return;
      }
    }
    if (cursor.peek() != '{') {
      throw cursor.error("unexpected " + describe());
    }
    cursor.at++;
    labels();
    cursor.skipBlanks();
    if (cursor.peek() != LabelCursor.END) {
      throw cursor.error("unexpected " + describe());
    }
  }

  private void labels() throws LabelParseException {
    cursor.skipBlanks();
    while (cursor.peek() != '}') {
      label();
      cursor.skipBlanks();
      if (cursor.peek() == ',') {
        cursor.at++;
        cursor.skipBlanks();
      } else if (cursor.peek() != '}') {
        throw unexpected("\",\" or \"}\"");
      }
    }
    cursor.at++;
  }

  private void label() throws LabelParseException {
    String name;
    if (cursor.atQuote()) {
      name = LabelString.read(cursor);
      cursor.skipBlanks();
      if (cursor.peek() == ',' || cursor.peek() == '}') {
        pairs.add(new Pair(METRIC_NAME, name));
        return;
      }
    } else if (cursor.atNameStart()) {
      name = cursor.name(false);
      cursor.skipBlanks();
    } else {
      throw unexpected("identifier or \"}\"");
    }
    if (cursor.peek() != '=' || operator() != null) {
      throw unexpected("\"=\"");
    }
    cursor.at++;
    cursor.skipBlanks();
    if (!cursor.atQuote()) {
      throw unexpected("string");
    }
    pairs.add(new Pair(name, LabelString.read(cursor)));
  }

  /** Tells what stands inside the braces in place of what is expected. */
  private LabelParseException unexpected(String expected) {
    int next = cursor.peek();
    if (next == LabelCursor.END) {
      return cursor.error("unexpected end of input inside braces");
    }
    boolean token =
        cursor.atQuote() || cursor.atNameStart() || "=,{}".indexOf(next) >= 0 || operator() != null;
    return token
        ? cursor.error("unexpected " + describe() + " in label set, expected " + expected)
        : cursor.error("unexpected character inside braces: " + quoteChar(cursor.codePoint()));
  }

  /** The operator of a matcher, which is no part of a label set, or null. */
  private String operator() {
    if (cursor.at + 1 < cursor.text.length) {
      String two = new String(cursor.text, cursor.at, 2, StandardCharsets.ISO_8859_1);
      if (two.equals("!=") || two.equals("=~") || two.equals("!~")) {
        return two;
      }
    }
    return null;
  }

  private String describe() {
    if (cursor.peek() == LabelCursor.END) {
      return "end of input";
    }
    if (cursor.atNameStart()) {
      int start = cursor.at;
      String name = cursor.name(false);
      cursor.at = start;
      return "identifier " + GoQuote.quote(name);
    }
    if (cursor.atQuote()) {
      return "string " + describeString();
    }
    String operator = operator();
    return operator != null
        ? "<op:" + operator + ">"
        : GoQuote.quote(Character.toString(cursor.codePoint()));
  }

  /** The first characters of the string that stands here, with its quotes. */
  private String describeString() {
    byte[] text = cursor.text;
    int end = cursor.at + 1;
    while (end < text.length && text[end] != text[cursor.at]) {
      end += text[end] == '\\' && text[cursor.at] != '`' ? 2 : 1;
    }
    end = Math.min(text.length, end + 1);
    String string = new String(text, cursor.at, end - cursor.at, StandardCharsets.UTF_8);
    return string.length() > MOST_DESCRIBED
        ? GoQuote.quote(string.substring(0, MOST_DESCRIBED)) + "..."
        : GoQuote.quote(string);
  }

  private static String quoteChar(int codePoint) {
    String quoted = GoQuote.quote(Character.toString(codePoint));
    return "'" + quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"") + "'";
  }
}
