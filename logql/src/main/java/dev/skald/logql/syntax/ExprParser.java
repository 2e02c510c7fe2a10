package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.BinaryOp;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.Matching;
import java.util.List;

/**
 * Reads whole expressions: operands, parentheses and binary operators by precedence (logql.md §3,
 * §3.1). Operations on two literals are replaced by their result (§18.4).
 */
final class ExprParser {
  private static final int LOWEST = 1;

  private final TokenStream tokens;
  private final Checks checks;
  private final SelectorParser selectors;
  private final PipelineParser pipelines;
  private final FunctionParser functions;

  ExprParser(TokenStream tokens, Checks checks) {
    this.tokens = tokens;
    this.checks = checks;
    selectors = new SelectorParser(tokens, checks);
    pipelines = new PipelineParser(tokens, new LabelFilterParser(tokens, checks));
    LogRangeParser ranges = new LogRangeParser(tokens, selectors, pipelines);
    functions = new FunctionParser(tokens, checks, this, ranges);
  }

  /** Reads a query to its end. */
  Expr query() {
    Expr expr = tokens.peekKind() == TokenKind.VARIANTS ? functions.variants() : expr();
    tokens.expect(TokenKind.END, Expected.MANY);
    return expr;
  }

  /** Reads an expression that must yield samples. */
  MetricExpr metric() {
    return requireMetric(expr());
  }

  /** Reads the rest of an expression whose first operand is a literal that was read already. */
  MetricExpr metricFrom(Token number) {
    Literal literal = new Literal(checks.number(number));
    return requireMetric(operators(literal, number.place(), LOWEST));
  }

  /** Lines are no samples; that shows at the token that ends the log query. */
  private MetricExpr requireMetric(Expr expr) {
    if (expr instanceof MetricExpr metric) {
      return metric;
    }
    throw tokens.unexpected(Expected.MANY);
  }

  private Expr expr() {
    return expr(LOWEST);
  }

  private Expr expr(int lowest) {
    tokens.descend();
    Token.Place start = tokens.peek().place();
    Expr expr = operators(operand(), start, lowest);
    tokens.ascend();
    return expr;
  }

  /** Reads operators that bind at least as tightly as the lowest, and their right sides. */
  private Expr operators(Expr first, Token.Place start, int lowest) {
    Expr left = first;
    BinaryOp op = operator(tokens.peekKind());
    while (op != null && precedence(op) >= lowest) {
      tokens.take();
      tokens.countOperator();
      boolean bool = tokens.accept(TokenKind.BOOL);
      Matching matching = matching();
      boolean rightAssociative = op == BinaryOp.POW;
      Expr right = expr(rightAssociative ? precedence(op) : precedence(op) + 1);
      left = combine(start, new Operation(op, bool, matching), left, right);
      op = operator(tokens.peekKind());
    }
    return left;
  }

  private record Operation(BinaryOp op, boolean bool, Matching matching) {}

  private MetricExpr combine(Token.Place start, Operation operation, Expr left, Expr right) {
    if (!checks.operands(start, operation.op, left, right)) {
      return new Literal(0);
    }
    if (left instanceof Literal a && right instanceof Literal b) {
      return new Literal(Arithmetic.apply(operation.op, a.value(), b.value()));
    }
    return new Binary(
        operation.op, operation.bool, operation.matching, (MetricExpr) left, (MetricExpr) right);
  }

  private Matching matching() {
    TokenKind kind = tokens.peekKind();
    if (kind != TokenKind.ON && kind != TokenKind.IGNORING) {
      return Matching.DEFAULT;
    }
    tokens.take();
    List<String> labels = tokens.names();
    Matching.Cardinality cardinality =
        switch (tokens.peekKind()) {
          case GROUP_LEFT -> Matching.Cardinality.MANY_TO_ONE;
          case GROUP_RIGHT -> Matching.Cardinality.ONE_TO_MANY;
          default -> Matching.Cardinality.ONE_TO_ONE;
        };
    List<String> include = List.of();
    if (cardinality != Matching.Cardinality.ONE_TO_ONE) {
      tokens.take();
      include = tokens.peekKind() == TokenKind.OPEN_PAREN ? tokens.names() : include;
    }
    return new Matching(cardinality, kind == TokenKind.ON, labels, include);
  }

  private Expr operand() {
    return switch (tokens.peekKind().group()) {
      case RANGE_FUNCTION -> functions.rangeAggregation();
      case VECTOR_FUNCTION -> functions.vectorAggregation();
      default -> otherOperand();
    };
  }

  private Expr otherOperand() {
    return switch (tokens.peekKind()) {
      case OPEN_BRACE -> new LogExpr(selectors.parse(), pipelines.parse(false).stages());
      case OPEN_PAREN -> {
        tokens.take();
        Expr inner = expr();
        tokens.expect(TokenKind.CLOSE_PAREN, Expected.MANY);
        yield inner;
      }
      case NUMBER -> new Literal(checks.number(tokens.take()));
      case ADD -> {
        tokens.take();
        yield new Literal(checks.number(tokens.expect(TokenKind.NUMBER)));
      }
      case SUB -> {
        tokens.take();
        yield new Literal(-checks.number(tokens.expect(TokenKind.NUMBER)));
      }
      case VECTOR -> functions.vector();
      case LABEL_REPLACE -> functions.labelReplace();
      default -> throw tokens.unexpected(Expected.MANY);
    };
  }

  private static BinaryOp operator(TokenKind kind) {
    return switch (kind) {
      case OR -> BinaryOp.OR;
      case AND -> BinaryOp.AND;
      case UNLESS -> BinaryOp.UNLESS;
      case DOUBLE_EQUAL -> BinaryOp.EQUAL;
      case NOT_EQUAL -> BinaryOp.NOT_EQUAL;
      case GREATER -> BinaryOp.GREATER;
      case GREATER_OR_EQUAL -> BinaryOp.GREATER_OR_EQUAL;
      case LESS -> BinaryOp.LESS;
      case LESS_OR_EQUAL -> BinaryOp.LESS_OR_EQUAL;
      case ADD -> BinaryOp.ADD;
      case SUB -> BinaryOp.SUB;
      case MUL -> BinaryOp.MUL;
      case DIV -> BinaryOp.DIV;
      case MOD -> BinaryOp.MOD;
      case POW -> BinaryOp.POW;
      default -> null;
    };
  }

  /** Returns how tightly an operator binds; higher is tighter. */
  static int precedence(BinaryOp op) {
    return switch (op) {
      case OR -> LOWEST;
      case AND, UNLESS -> 2;
      case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> 3;
      case ADD, SUB -> 4;
      case MUL, DIV, MOD -> 5;
      case POW -> 6;
    };
  }
}
