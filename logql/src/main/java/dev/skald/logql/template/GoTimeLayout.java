package dev.skald.logql.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a Go time layout, which shows how {@code Mon Jan 2 15:04:05 MST 2006} is to look, into its
 * parts.
 */
final class GoTimeLayout {

  enum Part {
    TEXT,
    LONG_MONTH,
    MONTH,
    NUMBER_MONTH,
    ZERO_MONTH,
    LONG_WEEKDAY,
    WEEKDAY,
    DAY,
    UNDERSCORE_DAY,
    ZERO_DAY,
    UNDERSCORE_YEAR_DAY,
    ZERO_YEAR_DAY,
    HOUR,
    HOUR_12,
    ZERO_HOUR_12,
    MINUTE,
    ZERO_MINUTE,
    SECOND,
    ZERO_SECOND,
    LONG_YEAR,
    YEAR,
    UPPER_PM,
    LOWER_PM,
    ZONE_NAME,
    FRACTION_ZEROS,
    FRACTION_NINES,
    /** An offset; its text tells which. A leading {@code Z} stands for UTC. */
    OFFSET
  }

  /** A part of a layout and what it looks like there. */
  record Piece(Part part, String text) {}

  /** The fixed spellings, a longer one before what it begins with. */
  private static final Piece[] SPELLINGS = {
    new Piece(Part.LONG_MONTH, "January"),
    new Piece(Part.MONTH, "Jan"),
    new Piece(Part.LONG_WEEKDAY, "Monday"),
    new Piece(Part.WEEKDAY, "Mon"),
    new Piece(Part.ZONE_NAME, "MST"),
    new Piece(Part.ZERO_YEAR_DAY, "002"),
    new Piece(Part.ZERO_MONTH, "01"),
    new Piece(Part.ZERO_DAY, "02"),
    new Piece(Part.ZERO_HOUR_12, "03"),
    new Piece(Part.ZERO_MINUTE, "04"),
    new Piece(Part.ZERO_SECOND, "05"),
    new Piece(Part.YEAR, "06"),
    new Piece(Part.HOUR, "15"),
    new Piece(Part.NUMBER_MONTH, "1"),
    new Piece(Part.LONG_YEAR, "2006"),
    new Piece(Part.DAY, "2"),
    new Piece(Part.UNDERSCORE_YEAR_DAY, "__2"),
    new Piece(Part.UNDERSCORE_DAY, "_2"),
    new Piece(Part.HOUR_12, "3"),
    new Piece(Part.MINUTE, "4"),
    new Piece(Part.SECOND, "5"),
    new Piece(Part.UPPER_PM, "PM"),
    new Piece(Part.LOWER_PM, "pm"),
    new Piece(Part.OFFSET, "-07:00:00"),
    new Piece(Part.OFFSET, "-070000"),
    new Piece(Part.OFFSET, "-07:00"),
    new Piece(Part.OFFSET, "-0700"),
    new Piece(Part.OFFSET, "-07"),
    new Piece(Part.OFFSET, "Z07:00:00"),
    new Piece(Part.OFFSET, "Z070000"),
    new Piece(Part.OFFSET, "Z07:00"),
    new Piece(Part.OFFSET, "Z0700"),
    new Piece(Part.OFFSET, "Z07"),
  };

  /** What spellings begin with. */
  private static final String BEGINNINGS = "JM012345_Pp-Z";

  private GoTimeLayout() {}

  static List<Piece> pieces(String layout) {
    List<Piece> pieces = new ArrayList<>();
    int textStart = 0;
    int at = 0;
    while (at < layout.length()) {
      Piece piece = pieceAt(layout, at);
      if (piece == null) {
        at++;
        continue;
      }
      if (at > textStart) {
        pieces.add(new Piece(Part.TEXT, layout.substring(textStart, at)));
      }
      pieces.add(piece);
      at += piece.text.length();
      textStart = at;
    }
    if (at > textStart) {
      pieces.add(new Piece(Part.TEXT, layout.substring(textStart)));
    }
    return pieces;
  }

  private static Piece pieceAt(String layout, int at) {
    char first = layout.charAt(at);
    if (first == '.' || first == ',') {
      return fractionAt(layout, at);
    }
    if (BEGINNINGS.indexOf(first) < 0 || layout.startsWith("_2006", at)) {
      return null;
    }
    for (Piece spelling : SPELLINGS) {
      if (layout.startsWith(spelling.text, at) && !goesOn(layout, at, spelling)) {
        return spelling;
      }
    }
    return null;
  }

  /** Returns whether a short name is the beginning of another word, such as {@code Month}. */
  private static boolean goesOn(String layout, int at, Piece spelling) {
    int end = at + spelling.text.length();
    boolean shortName = spelling.part == Part.MONTH || spelling.part == Part.WEEKDAY;
    return shortName
        && end < layout.length()
        && layout.charAt(end) >= 'a'
        && layout.charAt(end) <= 'z';
  }

  private static Piece fractionAt(String layout, int at) {
    int end = at + 1;
    char digit = end < layout.length() ? layout.charAt(end) : ' ';
    if (digit != '0' && digit != '9') {
      return null;
    }
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean moreDigits = end < layout.length() && Character.isDigit(layout.charAt(end));
    return moreDigits
        ? null
        : new Piece(
            digit == '0' ? Part.FRACTION_ZEROS : Part.FRACTION_NINES, layout.substring(at, end));
  }
}
