package dev.skald.logql.template;

import dev.skald.logql.template.GoTimeLayout.Piece;
import java.time.OffsetDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** Prints times in Go's layouts. */
final class GoTimeFormat {
  private GoTimeFormat() {}

  static String format(GoTime time, String layout) {
    Text out = new Text();
    for (Piece piece : GoTimeLayout.pieces(layout)) {
      append(out, time, piece);
    }
    return out.toString();
  }

  private static void append(Text out, GoTime time, Piece piece) {
    OffsetDateTime value = time.value();
    int hour12 = value.getHour() % 12 == 0 ? 12 : value.getHour() % 12;
    switch (piece.part()) {
      case TEXT -> out.append(piece.text());
      case LONG_YEAR -> appendYear(out, value.getYear());
      case YEAR -> padded(out, Math.floorMod(value.getYear(), 100), 2, '0');
      case LONG_MONTH ->
          out.append(value.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      case MONTH ->
          out.append(value.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), 0, 3);
      case NUMBER_MONTH -> padded(out, value.getMonthValue(), 1, '0');
      case ZERO_MONTH -> padded(out, value.getMonthValue(), 2, '0');
      case LONG_WEEKDAY ->
          out.append(value.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      case WEEKDAY ->
          out.append(value.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), 0, 3);
      case DAY -> padded(out, value.getDayOfMonth(), 1, '0');
      case UNDERSCORE_DAY -> padded(out, value.getDayOfMonth(), 2, ' ');
      case ZERO_DAY -> padded(out, value.getDayOfMonth(), 2, '0');
      case UNDERSCORE_YEAR_DAY -> padded(out, value.getDayOfYear(), 3, ' ');
      case ZERO_YEAR_DAY -> padded(out, value.getDayOfYear(), 3, '0');
      case HOUR -> padded(out, value.getHour(), 2, '0');
      case HOUR_12 -> padded(out, hour12, 1, '0');
      case ZERO_HOUR_12 -> padded(out, hour12, 2, '0');
      case MINUTE -> padded(out, value.getMinute(), 1, '0');
      case ZERO_MINUTE -> padded(out, value.getMinute(), 2, '0');
      case SECOND -> padded(out, value.getSecond(), 1, '0');
      case ZERO_SECOND -> padded(out, value.getSecond(), 2, '0');
      case UPPER_PM -> out.append(value.getHour() >= 12 ? "PM" : "AM");
      case LOWER_PM -> out.append(value.getHour() >= 12 ? "pm" : "am");
      case ZONE_NAME -> appendZone(out, time);
      case FRACTION_ZEROS, FRACTION_NINES -> appendFraction(out, value.getNano(), piece);
      case OFFSET -> appendOffset(out, value.getOffset().getTotalSeconds(), piece.text());
    }
  }

  private static void appendYear(Text out, int year) {
    if (year < 0) {
      out.append('-');
    }
    padded(out, Math.abs(year), 4, '0');
  }

  private static void padded(Text out, int number, int width, char padding) {
    String digits = Integer.toString(number);
    out.repeat(padding, width - digits.length());
    out.append(digits);
  }

  private static void appendZone(Text out, GoTime time) {
    if (time.zone().isEmpty()) {
      appendOffset(out, time.value().getOffset().getTotalSeconds(), "-0700");
    } else {
      out.append(ByteText.encode(time.zone()));
    }
  }

  private static void appendFraction(Text out, int nanos, Piece piece) {
    int digits = piece.text().length() - 1;
    String all = String.format("%09d", nanos);
    String shown = all.substring(0, Math.min(digits, 9)) + "0".repeat(Math.max(0, digits - 9));
    if (piece.part() == GoTimeLayout.Part.FRACTION_NINES) {
      int end = shown.length();
      while (end > 0 && shown.charAt(end - 1) == '0') {
        end--;
      }
      if (end == 0) {
        return;
      }
      shown = shown.substring(0, end);
    }
    out.append(piece.text().charAt(0)).append(shown);
  }

  private static void appendOffset(Text out, int seconds, String shape) {
    if (shape.startsWith("Z") && seconds == 0) {
      out.append('Z');
      return;
    }
    int size = Math.abs(seconds);
    String colon = shape.contains(":") ? ":" : "";
    int digits = shape.length() - 1 - (shape.length() - shape.replace(":", "").length());
    out.append(seconds < 0 ? '-' : '+');
    padded(out, size / 3600, 2, '0');
    if (digits >= 4) {
      padded(out.append(colon), size / 60 % 60, 2, '0');
    }
    if (digits >= 6) {
      padded(out.append(colon), size % 60, 2, '0');
    }
  }
}
