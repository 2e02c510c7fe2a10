/**
 * Go's {@code text/template} with the functions that {@code line_format} and {@code label_format}
 * have (logql.md §13), written so that other templates may run on it with functions of their own.
 *
 * <p>A text goes through {@link dev.skald.logql.template.Lexer} and {@link
 * dev.skald.logql.template.Parser}, which make {@link dev.skald.logql.template.Node}s, once: {@link
 * dev.skald.logql.template.StatementParser} reads text and control structures, {@link
 * dev.skald.logql.template.PipeParser} what they compute. Each execution is an {@link
 * dev.skald.logql.template.Executor}, which walks statements, an {@link
 * dev.skald.logql.template.Evaluator}, which computes values, and their {@link
 * dev.skald.logql.template.ExecutionState}, which knows which node an error blames. {@link
 * dev.skald.logql.template.GoValue} lists what a value may be; texts hold one byte a char ({@link
 * dev.skald.logql.template.ByteText}).
 *
 * <p>To add a function, add a line to the table of its family: {@code StringFunctions}, {@code
 * NumberFunctions}, {@code DecimalFunctions}, {@code TimeFunctions}, {@code RegexFunctions}, {@code
 * EncodingFunctions}, {@code JsonFunctions}, {@code LineFunctions}; {@code Builtins} and {@code
 * Comparisons} are those of Go itself. The methods of times are in {@code Methods}.
 */
package dev.skald.logql.template;
