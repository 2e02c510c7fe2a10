package dev.skald.logql.template;

import dev.skald.logql.regex.Regex;
import java.util.ArrayList;
import java.util.List;

/** What replaces a match: text, and the groups that {@code $1}, {@code ${1}} or {@code $x} name. */
final class RegexReplacement {
  /**
   * @param text null for a group
   * @param group -1 for a text
   */
  private record Piece(String text, int group) {}

  private final List<Piece> pieces;

  private RegexReplacement(List<Piece> pieces) {
    this.pieces = pieces;
  }

  static RegexReplacement literal(String text) {
    return new RegexReplacement(List.of(new Piece(text, -1)));
  }

  /** Reads a replacement as Go's {@code Regexp.Expand} does. */
  static RegexReplacement parse(String template, Regex regex) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (int dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', at)) {
      pieces.add(new Piece(template.substring(at, dollar), -1));
      boolean escaped = template.startsWith("$$", dollar);
      boolean braced = template.startsWith("${", dollar);
      int start = dollar + (braced ? 2 : 1);
      int end = endOfName(template, start);
      boolean closed = !braced || template.startsWith("}", end);
      if (escaped) {
        pieces.add(new Piece("$", -1));
        at = dollar + 2;
      } else if (end == start || !closed) {
        pieces.add(new Piece("$", -1));
        at = dollar + 1;
      } else {
        addGroup(pieces, template.substring(start, end), regex);
        at = braced ? end + 1 : end;
      }
    }
    pieces.add(new Piece(template.substring(at), -1));
    return new RegexReplacement(pieces);
  }

  private static int endOfName(String template, int start) {
    int end = start;
    while (end < template.length()) {
      int codePoint = ByteText.codePointAt(template, end);
      boolean ofName =
          codePoint == '_'
              || codePoint >= 0 && (Character.isLetter(codePoint) || Character.isDigit(codePoint));
      if (!ofName) {
        break;
      }
      end += ByteText.size(codePoint);
    }
    return end;
  }

  private static void addGroup(List<Piece> pieces, String name, Regex regex) {
    boolean isNumber = name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (isNumber) {
      Long number = GoNumber.parseInt(name, 10);
      if (number != null && number <= regex.groupCount()) {
        pieces.add(new Piece(null, number.intValue()));
      }
      return;
    }
    List<String> names = regex.groupNames();
    for (int i = 1; i < names.size(); i++) {
      if (names.get(i).equals(ByteText.decode(name))) {
        pieces.add(new Piece(null, i));
      }
    }
  }

  void appendTo(Text out, String text, int[] groups) {
    for (Piece piece : pieces) {
      if (piece.text != null) {
        out.append(piece.text);
      } else if (groups[2 * piece.group] >= 0) {
        out.append(text, groups[2 * piece.group], groups[2 * piece.group + 1]);
      }
    }
  }
}
