package dev.skald.logql.stage;

import java.util.ArrayList;
import java.util.List;

/**
 * The way to a value that {@code | json label="a.b[0]["c d"]"} asks for (logql.md §11.3).
 *
 * @param steps from the outermost value inwards; at least one
 */
record JsonPath(List<Step> steps) {

  /** One level of a path. */
  sealed interface Step {}

  /** A member of an object. */
  record Field(byte[] name) implements Step {}

  /** An element of an array, from 0. */
  record Index(int number) implements Step {}

  JsonPath {
    steps = List.copyOf(steps);
  }

  /**
   * @throws StageException if the text is no path
   */
  static JsonPath parse(String text) {
    return new Parser(text).path();
  }

  private enum Type {
    END("$end"),
    DOT("DOT"),
    OPEN("LSB"),
    CLOSE("RSB"),
    STRING("STRING"),
    INDEX("INDEX"),
    FIELD("FIELD");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  /** Reads a path token by token, as {@code path = (field | access) ("." field | access)*}. */
  private static final class Parser {
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int pos;
    private Type type;
    private String value;

    Parser(String text) {
      this.text = text;
    }

    JsonPath path() {
      advance(false);
      first();
      while (type != Type.END) {
        if (type == Type.DOT) {
          advance(false);
          field("FIELD");
        } else if (type == Type.OPEN) {
          access();
        } else {
          throw unexpected(null);
        }
      }
      return new JsonPath(steps);
    }

    private void first() {
      if (type == Type.OPEN) {
        access();
      } else {
        field("LSB or FIELD");
      }
    }

    private void field(String expected) {
      if (type != Type.FIELD) {
        throw unexpected(expected);
      }
      steps.add(new Field(Bytes.utf8(value)));
      advance(false);
    }

    private void access() {
      advance(true);
      if (type == Type.STRING) {
        steps.add(new Field(Bytes.utf8(value)));
      } else if (type == Type.INDEX) {
        steps.add(new Index(Integer.parseInt(value)));
      } else {
        throw unexpected("STRING or INDEX");
      }
      advance(true);
      if (type != Type.CLOSE) {
        throw unexpected("RSB");
      }
      advance(false);
    }

    private StageException unexpected(String expected) {
      String list = expected == null ? "" : ", expecting " + expected;
      return new StageException(
          "cannot parse expression [" + text + "]: syntax error: unexpected " + type.text + list);
    }

    /** Reads the next token; text that is none ends the input. */
    private void advance(boolean inBrackets) {
      while (pos < text.length() && " \t\r\n".indexOf(text.charAt(pos)) >= 0) {
        pos++;
      }
      type = pos == text.length() ? Type.END : tokenType(inBrackets);
    }

    private Type tokenType(boolean inBrackets) {
      char c = text.charAt(pos);
      switch (c) {
        case '.':
          pos++;
          return Type.DOT;
        case '[':
          pos++;
          return Type.OPEN;
        case ']':
          pos++;
          return Type.CLOSE;
        case '"':
          return inBrackets ? string() : Type.END;
        default:
          return inBrackets ? index() : fieldToken();
      }
    }

    private Type string() {
      int end = pos + 1;
      while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != ']') {
        end++;
      }
      if (end == text.length() || text.charAt(end) != '"') {
        return Type.END;
      }
      value = text.substring(pos + 1, end);
      pos = end + 1;
      return Type.STRING;
    }

    private Type index() {
      int end = pos;
      while (end < text.length() && end - pos < 9 && isDigit(text.charAt(end))) {
        end++;
      }
      if (end == pos || end < text.length() && isDigit(text.charAt(end))) {
        return Type.END;
      }
      value = text.substring(pos, end);
      pos = end;
      return Type.INDEX;
    }

    private Type fieldToken() {
      int end = pos;
      while (end < text.length() && isFieldPart(text.charAt(end), end == pos)) {
        end++;
      }
      if (end == pos) {
        return Type.END;
      }
      value = text.substring(pos, end);
      pos = end;
      return Type.FIELD;
    }

    private static boolean isFieldPart(char c, boolean first) {
      boolean letter = c == '_' || c < 0x80 && Character.isLetter(c);
      return letter || !first && isDigit(c);
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
