/**
 * The language as text: {@link dev.skald.logql.syntax.Parser} turns a query into an {@link
 * dev.skald.logql.syntax.Expr}, {@link dev.skald.logql.syntax.Printer} turns it back. A construct
 * of the grammar (logql.md §3) is one record here.
 *
 * <p>A query passes {@code Source} (characters with their places), {@code Lexer} (tokens), {@code
 * TokenStream} (one token of look-ahead, error texts) and the parsers by construct: {@code
 * ExprParser}, {@code FunctionParser}, {@code LogRangeParser}, {@code SelectorParser}, {@code
 * PipelineParser}, {@code LabelFilterParser}, {@code UnwrapParser}. {@code Expected} says what a
 * message lists at each place of the grammar; {@code Checks} holds the rules beyond the grammar. A
 * new stage takes a kind in {@code TokenKind}, a record in {@code StageExpr}, a case in {@code
 * PipelineParser} and one in {@code StagePrinter}; the compiler asks for the last.
 *
 * <p>Numbers, durations and sizes are read and printed as Go does, for the other packages too:
 * {@link dev.skald.logql.syntax.GoFloat}, {@link dev.skald.logql.syntax.Durations}, {@link
 * dev.skald.logql.syntax.ByteSizes}.
 */
package dev.skald.logql.syntax;
