package dev.skald.logql.template;

import dev.skald.logql.template.GoTimeLayout.Part;
import dev.skald.logql.template.GoTimeLayout.Piece;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Reads times in Go's layouts. */
final class GoTimeParse {
  /** Says that a text is not of the layout. */
  private static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    Mismatch() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private int at;
  private int year;
  private int month = -1;
  private int day = -1;
  private int yearDay = -1;
  private int hour;
  private int minute;
  private int second;
  private int nanos;
  private Boolean afternoon;
  private ZoneOffset offset;
  private String zoneName = "";

  private GoTimeParse(String text) {
    this.text = text;
  }

  /**
   * Reads a time.
   *
   * @param zone that of a text which names none
   * @return null if the text is not of the layout
   */
  static GoTime parse(String layout, String text, ZoneId zone) {
    GoTimeParse parse = new GoTimeParse(text);
    try {
      List<Piece> pieces = GoTimeLayout.pieces(layout);
      for (int i = 0; i < pieces.size(); i++) {
        parse.read(pieces.get(i), i + 1 < pieces.size() ? pieces.get(i + 1).part() : null);
      }
      parse.require(parse.at == text.length());
      return parse.result(zone);
    } catch (Mismatch | DateTimeException _) {
      return null;
    }
  }

  private void read(Piece piece, Part following) throws Mismatch {
    switch (piece.part()) {
      case TEXT -> readText(piece.text());
      case LONG_YEAR -> year = number(4, 4);
      case YEAR -> {
        int digits = number(2, 2);
        year = digits >= 69 ? 1900 + digits : 2000 + digits;
      }
      case LONG_MONTH -> month = monthName(TextStyle.FULL);
      case MONTH -> month = monthName(TextStyle.SHORT);
      case NUMBER_MONTH -> month = inRange(number(1, 2), 1, 12);
      case ZERO_MONTH -> month = inRange(number(2, 2), 1, 12);
      case LONG_WEEKDAY -> weekday(TextStyle.FULL);
      case WEEKDAY -> weekday(TextStyle.SHORT);
      case DAY -> day = number(1, 2);
      case UNDERSCORE_DAY -> {
        skipBlanks(1);
        day = number(1, 2);
      }
      case ZERO_DAY -> day = number(2, 2);
      case UNDERSCORE_YEAR_DAY -> {
        skipBlanks(2);
        yearDay = number(1, 3);
      }
      case ZERO_YEAR_DAY -> yearDay = number(3, 3);
      case HOUR -> hour = inRange(number(1, 2), 0, 23);
      case HOUR_12 -> hour = inRange(number(1, 2), 0, 12);
      case ZERO_HOUR_12 -> hour = inRange(number(2, 2), 0, 12);
      case MINUTE -> minute = inRange(number(1, 2), 0, 59);
      case ZERO_MINUTE -> minute = inRange(number(2, 2), 0, 59);
      case SECOND -> readSecond(number(1, 2), following);
      case ZERO_SECOND -> readSecond(number(2, 2), following);
      case UPPER_PM -> afternoon = half("AM", "PM");
      case LOWER_PM -> afternoon = half("am", "pm");
      case FRACTION_ZEROS -> readFraction(piece.text().length() - 1);
      case FRACTION_NINES -> {
        if (atFraction()) {
          readFraction(digitsFrom(at + 1));
        }
      }
      case ZONE_NAME -> readZoneName();
      case OFFSET -> readOffset(piece.text());
    }
  }

  private void readText(String expected) throws Mismatch {
    int i = 0;
    while (i < expected.length()) {
      if (expected.charAt(i) == ' ') {
        require(at == text.length() || text.charAt(at) == ' ');
        while (i < expected.length() && expected.charAt(i) == ' ') {
          i++;
        }
        skipBlanks(Integer.MAX_VALUE);
      } else {
        require(at < text.length() && text.charAt(at) == expected.charAt(i));
        at++;
        i++;
      }
    }
  }

  private void skipBlanks(int most) {
    for (int i = 0; i < most && at < text.length() && text.charAt(at) == ' '; i++) {
      at++;
    }
  }

  private int number(int fewest, int most) throws Mismatch {
    int end = at + Math.min(most, digitsFrom(at));
    require(end - at >= fewest);
    int value = Integer.parseInt(text, at, end, 10);
    at = end;
    return value;
  }

  private int digitsFrom(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - start;
  }

  private void readSecond(int value, Part following) throws Mismatch {
    second = inRange(value, 0, 59);
    boolean fractionFollows = following == Part.FRACTION_ZEROS || following == Part.FRACTION_NINES;
    if (!fractionFollows && atFraction()) {
      readFraction(digitsFrom(at + 1));
    }
  }

  private boolean atFraction() {
    return at < text.length()
        && (text.charAt(at) == '.' || text.charAt(at) == ',')
        && digitsFrom(at + 1) > 0;
  }

  private void readFraction(int digits) throws Mismatch {
    require(atFraction() && digitsFrom(at + 1) >= digits);
    String fraction = text.substring(at + 1, at + 1 + Math.min(digits, 9));
    nanos = Integer.parseInt(fraction + "0".repeat(9 - fraction.length()));
    at += 1 + digits;
  }

  private int monthName(TextStyle style) throws Mismatch {
    for (Month candidate : Month.values()) {
      if (readName(candidate.getDisplayName(TextStyle.FULL, Locale.ENGLISH), style)) {
        return candidate.getValue();
      }
    }
    throw new Mismatch();
  }

  private void weekday(TextStyle style) throws Mismatch {
    for (DayOfWeek candidate : DayOfWeek.values()) {
      if (readName(candidate.getDisplayName(TextStyle.FULL, Locale.ENGLISH), style)) {
        return;
      }
    }
    throw new Mismatch();
  }

  private boolean readName(String name, TextStyle style) {
    int length = style == TextStyle.FULL ? name.length() : 3;
    boolean found = text.regionMatches(true, at, name, 0, length);
    at += found ? length : 0;
    return found;
  }

  private Boolean half(String morning, String evening) throws Mismatch {
    boolean isEvening = text.startsWith(evening, at);
    require(isEvening || text.startsWith(morning, at));
    at += 2;
    return isEvening;
  }

  private void readZoneName() throws Mismatch {
    if (text.startsWith("UTC", at)) {
      at += 3;
      zoneName = "UTC";
      offset = ZoneOffset.UTC;
      return;
    }
    int end = at;
    while (end < text.length() && Character.isLetter(text.charAt(end)) && end - at < 6) {
      end++;
    }
    String name = text.substring(at, end);
    boolean usual = name.matches("[A-Z]{3}|[A-Z]{3}T|[A-Z]{4}T|WITA|ChST|MeST");
    require(usual);
    zoneName = name;
    at = end;
    if (name.equals("GMT") && at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
      int digits = Math.min(2, digitsFrom(at + 1));
      zoneName += text.substring(at, at + 1 + digits);
      at += digits > 0 ? 1 + digits : 0;
    }
  }

  private void readOffset(String shape) throws Mismatch {
    if (shape.startsWith("Z") && at < text.length() && text.charAt(at) == 'Z') {
      at++;
      offset = ZoneOffset.UTC;
      return;
    }
    require(at < text.length() && "+-".indexOf(text.charAt(at)) >= 0);
    int sign = text.charAt(at++) == '-' ? -1 : 1;
    boolean colons = shape.contains(":");
    int groups = shape.replace(":", "").length() / 2;
    int seconds = inRange(number(2, 2), 0, 24) * 3600;
    for (int i = 1, unit = 60; i < groups; i++, unit = 1) {
      if (colons) {
        readText(":");
      }
      seconds += inRange(number(2, 2), 0, 60) * unit;
    }
    offset = ZoneOffset.ofTotalSeconds(sign * seconds);
  }

  private GoTime result(ZoneId zone) throws Mismatch {
    if (afternoon != null) {
      hour = afternoon ? (hour < 12 ? hour + 12 : hour) : hour == 12 ? 0 : hour;
    }
    LocalDateTime clock = LocalDateTime.of(date(), LocalTime.of(hour, minute, second, nanos));
    if (offset != null) {
      boolean utc = offset.equals(ZoneOffset.UTC);
      return new GoTime(OffsetDateTime.of(clock, offset), utc ? "UTC" : zoneName);
    }
    if (zoneName.isEmpty()) {
      return GoTime.local(clock, zone);
    }
    GoTime local = GoTime.local(clock, zone);
    return local.zone().equals(zoneName)
        ? local
        : new GoTime(OffsetDateTime.of(clock, fabricated()), zoneName);
  }

  /** Returns the offset of a zone that only its name tells: none, but for names like GMT-3. */
  private ZoneOffset fabricated() {
    Long hours =
        zoneName.length() > 3 && zoneName.startsWith("GMT")
            ? GoNumber.parseInt(zoneName.substring(3), 10)
            : Long.valueOf(0);
    return ZoneOffset.ofHours(hours == null ? 0 : hours.intValue());
  }

  private LocalDate date() throws Mismatch {
    if (yearDay < 0) {
      return LocalDate.of(year, Math.max(month, 1), day < 0 ? 1 : day);
    }
    LocalDate date = LocalDate.ofYearDay(year, yearDay);
    require(month < 0 || month == date.getMonthValue());
    require(day < 0 || day == date.getDayOfMonth());
    return date;
  }

  private int inRange(int value, int from, int to) throws Mismatch {
    require(value >= from && value <= to);
    return value;
  }

  private void require(boolean holds) throws Mismatch {
    if (!holds) {
      throw new Mismatch();
    }
  }
}
