package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads LogQL (logql.md §2–§5).
 *
 * <p>What is wrong with a query is reported in Loki's words and at its places. Texts that only a
 * stage understands (templates, paths, regular expressions of line filters) are not looked at here.
 * A char of a query that stands for no character, half of a surrogate pair, counts as invalid
 * UTF-8; a caller that decodes bytes may put one where they are malformed.
 */
public final class Parser {
  /** A query must be shorter, in bytes of UTF-8. */
  private static final int MAX_BYTES = 131072;

  private Parser() {}

  /**
   * Reads a query of either kind.
   *
   * @throws ParseException if the text is no query
   */
  public static Expr parse(String query) {
    Checks checks = new Checks();
    Expr expr = parse(query, checks);
    checks.throwBreach();
    return expr;
  }

  /**
   * Reads a query that must ask for lines.
   *
   * @throws ParseException if the text is no query
   * @throws QueryException if it asks for numbers
   */
  public static LogExpr parseLogQuery(String query) {
    if (parse(query) instanceof LogExpr log) {
      return log;
    }
    throw QueryException.badRequest("only log selector is supported");
  }

  /**
   * Reads a query that must ask for lines; its selector may match every stream, as <code>{}</code>
   * does.
   *
   * @throws ParseException if the text is no query
   * @throws QueryException if it asks for numbers
   */
  public static LogExpr parseAnyLogQuery(String query) {
    if (parse(query, new Checks()) instanceof LogExpr log) {
      return log;
    }
    throw QueryException.badRequest("only log selector is supported");
  }

  /**
   * Reads a selector without a pipeline, one of whose matchers must reject the empty string.
   *
   * @throws ParseException if the text is no query, or its selector would match every stream
   * @throws QueryException if it is more than a selector
   */
  public static List<Matcher> parseMatchers(String query) {
    Checks checks = new Checks();
    List<Matcher> matchers = matchers(parse(query, checks));
    checks.throwBreach();
    return matchers;
  }

  /**
   * Reads a selector without a pipeline; it may match every stream, as <code>{}</code> does.
   *
   * @throws ParseException if the text is no query
   * @throws QueryException if it is more than a selector
   */
  public static List<Matcher> parseAnyMatchers(String query) {
    return matchers(parse(query, new Checks()));
  }

  private static List<Matcher> matchers(Expr expr) {
    if (expr instanceof LogExpr log && log.stages().isEmpty()) {
      return log.matchers();
    }
    throw QueryException.badRequest("only label matchers are supported");
  }

  private static Expr parse(String query, Checks checks) {
    int bytes = query.length() < MAX_BYTES / 3 ? 0 : utf8Length(query);
    if (bytes >= MAX_BYTES) {
      throw new ParseException(0, 0, "input size too long (" + bytes + " > " + MAX_BYTES + ")");
    }
    return new ExprParser(new TokenStream(query), checks).query();
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
