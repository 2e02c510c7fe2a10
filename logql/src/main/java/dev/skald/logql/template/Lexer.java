package dev.skald.logql.template;

import dev.skald.logql.GoQuote;
import dev.skald.logql.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts a template's text into tokens. A malformed text ends with an {@link Kind#ERROR} that says
 * why, any other with {@link Kind#EOF}.
 */
final class Lexer {
  private static final int END = -1;
  private static final Map<String, Kind> WORDS =
      Map.ofEntries(
          Map.entry("true", Kind.BOOL),
          Map.entry("false", Kind.BOOL),
          Map.entry("nil", Kind.NIL),
          Map.entry("block", Kind.BLOCK),
          Map.entry("break", Kind.BREAK),
          Map.entry("continue", Kind.CONTINUE),
          Map.entry("define", Kind.DEFINE),
          Map.entry("else", Kind.ELSE),
          Map.entry("end", Kind.END),
          Map.entry("if", Kind.IF),
          Map.entry("range", Kind.RANGE),
          Map.entry("template", Kind.TEMPLATE),
          Map.entry("with", Kind.WITH));

  private final String input;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int start;
  private int line = 1;
  private int openParens;

  private Lexer(String input) {
    this.input = input;
  }

  static List<Token> tokens(String input) {
    Lexer lexer = new Lexer(input);
    while (!lexer.isDone()) {
      lexer.lexText();
    }
    return lexer.tokens;
  }

  private boolean isDone() {
    if (tokens.isEmpty()) {
      return false;
    }
    Kind last = tokens.getLast().kind();
    return last == Kind.EOF || last == Kind.ERROR;
  }

  private void lexText() {
    int delimiter = input.indexOf("{{", position);
    int end = delimiter < 0 ? input.length() : delimiter;
    if (delimiter >= 0 && isLeftTrimMarker(delimiter + 2)) {
      while (end > start && isSpace(input.charAt(end - 1))) {
        end--;
      }
    }
    position = end;
    if (end > start) {
      emit(Kind.TEXT);
    }
    if (delimiter < 0) {
      emit(Kind.EOF);
      return;
    }
    position = delimiter;
    ignore();
    lexLeftDelimiter();
  }

  private void lexLeftDelimiter() {
    int after = position + 2;
    int afterMarker = isLeftTrimMarker(after) ? after + 2 : after;
    if (input.startsWith("/*", afterMarker)) {
      position = afterMarker;
      ignore();
      lexComment();
      return;
    }
    position = after;
    emit(Kind.LEFT_DELIMITER);
    position = afterMarker;
    ignore();
    openParens = 0;
    while (lexInsideAction()) {
      continue;
    }
  }

  private void lexComment() {
    int end = input.indexOf("*/", position);
    if (end < 0) {
      fail("unclosed comment");
      return;
    }
    position = end + 2;
    if (!atRightDelimiter()) {
      fail("comment ends before closing delimiter");
      return;
    }
    skipRightDelimiter(false);
  }

  /** Reads one token of an action; returns whether the action goes on. */
  private boolean lexInsideAction() {
    if (atRightDelimiter()) {
      if (openParens > 0) {
        return fail("unclosed left paren");
      }
      skipRightDelimiter(true);
      return false;
    }
    int next = next();
    return switch (next) {
      case END -> fail("unclosed action");
      case ' ', '\t', '\r', '\n' -> lexSpace();
      case '=' -> emit(Kind.ASSIGN);
      case ':' -> next() == '=' ? emit(Kind.DECLARE) : fail("expected :=");
      case '|' -> emit(Kind.PIPE);
      case '"' -> lexQuoted('"', Kind.STRING, "unterminated quoted string");
      case '\'' -> lexQuoted('\'', Kind.CHAR_CONSTANT, "unterminated character constant");
      case '`' -> lexRawString();
      case '$' -> lexName(Kind.VARIABLE, Kind.VARIABLE);
      case '.' -> isDigit(peek()) ? lexNumber() : lexName(Kind.FIELD, Kind.DOT);
      case '(' -> {
        openParens++;
        yield emit(Kind.LEFT_PAREN);
      }
      case ')' -> --openParens < 0 ? fail("unexpected right paren") : emit(Kind.RIGHT_PAREN);
      default -> lexOther(next);
    };
  }

  private boolean lexOther(int next) {
    if (next == '+' || next == '-' || isDigit(next)) {
      return lexNumber();
    }
    if (isAlphanumeric(next)) {
      return lexWord();
    }
    return next > ' ' && next < 0x7F
        ? emit(Kind.CHAR)
        : fail("unrecognized character in action: " + shown(next));
  }

  private boolean lexSpace() {
    // The blank of a closing trim marker belongs to the marker.
    while (isSpace(peek()) && !atTrimMarker()) {
      position++;
    }
    return emit(Kind.SPACE);
  }

  private boolean lexQuoted(char quote, Kind kind, String unterminated) {
    for (int next = next(); next != quote; next = next()) {
      if (next == '\\') {
        next = next();
        if (next != END && next != '\n') {
          continue;
        }
      }
      if (next == END || next == '\n') {
        return fail(unterminated);
      }
    }
    return emit(kind);
  }

  private boolean lexRawString() {
    int end = input.indexOf('`', position);
    if (end < 0) {
      return fail("unterminated raw quoted string");
    }
    position = end + 1;
    return emit(Kind.RAW_STRING);
  }

  /** Reads the rest of {@code .name} or {@code $name}; the name may be missing. */
  private boolean lexName(Kind named, Kind bare) {
    if (atTerminator()) {
      return emit(bare);
    }
    skipAlphanumerics();
    return atTerminator() ? emit(named) : fail("bad character " + shown(next()));
  }

  private boolean lexWord() {
    skipAlphanumerics();
    String word = input.substring(start, position);
    return atTerminator()
        ? emit(WORDS.getOrDefault(word, Kind.IDENTIFIER))
        : fail("bad character " + shown(next()));
  }

  private boolean lexNumber() {
    position = start;
    boolean valid = scanNumber();
    if (valid && (peek() == '+' || peek() == '-')) {
      // Complex numbers are read so that the error names all of them.
      scanNumber();
      valid = false;
    }
    return valid
        ? emit(Kind.NUMBER)
        : fail("bad number syntax: " + ByteText.quote(input.substring(start, position)));
  }

  private boolean scanNumber() {
    accept("+-");
    String digits = "0123456789_";
    if (accept("0")) {
      if (accept("xX")) {
        digits = "0123456789abcdefABCDEF_";
      } else if (accept("oO")) {
        digits = "01234567_";
      } else if (accept("bB")) {
        digits = "01_";
      }
    }
    acceptRun(digits);
    if (accept(".")) {
      acceptRun(digits);
    }
    int base = digits.length() - 1;
    if (base == 10 && accept("eE") || base == 22 && accept("pP")) {
      accept("+-");
      acceptRun("0123456789_");
    }
    accept("i");
    if (isAlphanumeric(peek())) {
      next();
      return false;
    }
    return true;
  }

  private void skipRightDelimiter(boolean emits) {
    boolean trims = atTrimMarker();
    if (trims) {
      position += 2;
      ignore();
    }
    position += 2;
    if (emits) {
      emit(Kind.RIGHT_DELIMITER);
    }
    while (trims && isSpace(peek())) {
      position++;
    }
    ignore();
  }

  private boolean atRightDelimiter() {
    return atTrimMarker() || input.startsWith("}}", position);
  }

  private boolean atTrimMarker() {
    return isSpace(peek()) && input.startsWith("-}}", position + 1);
  }

  private boolean isLeftTrimMarker(int at) {
    return at + 1 < input.length() && input.charAt(at) == '-' && isSpace(input.charAt(at + 1));
  }

  private boolean atTerminator() {
    return switch (peek()) {
      case END, ' ', '\t', '\r', '\n', '.', ',', '|', ':', ')', '(' -> true;
      default -> input.startsWith("}}", position);
    };
  }

  private void skipAlphanumerics() {
    while (isAlphanumeric(peek())) {
      next();
    }
  }

  private boolean accept(String chars) {
    boolean accepted = position < input.length() && chars.indexOf(input.charAt(position)) >= 0;
    if (accepted) {
      position++;
    }
    return accepted;
  }

  private void acceptRun(String chars) {
    while (accept(chars)) {
      continue;
    }
  }

  private int peek() {
    if (position >= input.length()) {
      return END;
    }
    int codePoint = ByteText.codePointAt(input, position);
    return codePoint < 0 ? ByteText.REPLACEMENT : codePoint;
  }

  private int next() {
    if (position >= input.length()) {
      return END;
    }
    int codePoint = ByteText.codePointAt(input, position);
    position += ByteText.size(codePoint);
    return codePoint < 0 ? ByteText.REPLACEMENT : codePoint;
  }

  private boolean emit(Kind kind) {
    tokens.add(new Token(kind, start, line, input.substring(start, position)));
    ignore();
    return true;
  }

  private boolean fail(String message) {
    tokens.add(new Token(Kind.ERROR, start, line, message));
    return false;
  }

  private void ignore() {
    for (int i = start; i < position; i++) {
      if (input.charAt(i) == '\n') {
        line++;
      }
    }
    start = position;
  }

  private static boolean isSpace(int codePoint) {
    return codePoint == ' ' || codePoint == '\t' || codePoint == '\r' || codePoint == '\n';
  }

  private static boolean isDigit(int codePoint) {
    return codePoint >= '0' && codePoint <= '9';
  }

  private static boolean isAlphanumeric(int codePoint) {
    return codePoint == '_' || Character.isLetter(codePoint) || Character.isDigit(codePoint);
  }

  /** Shows a character as Go's {@code %#U} does. */
  private static String shown(int codePoint) {
    String hex = String.format("U+%04X", codePoint);
    return GoQuote.isPrintable(codePoint)
        ? hex + " '" + ByteText.encode(Character.toString(codePoint)) + "'"
        : hex;
  }
}
