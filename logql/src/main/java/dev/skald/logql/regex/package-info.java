/**
 * Regular expressions as Go's {@code regexp} package defines them (RE2 syntax with Perl flags), run
 * on UTF-8 bytes in time linear in the input.
 *
 * <p>{@link dev.skald.logql.regex.RegexParser} makes a tree of {@link dev.skald.logql.regex.Node
 * nodes}, {@code Compiler} a program. Whether a text matches is said by plain search ({@link
 * dev.skald.logql.regex.ByteSearch}) where the pattern is a literal, else by {@code LazyDfa}; where
 * groups are is said by {@code Backtracker} for short texts and by {@code PikeNfa} for all others.
 * The engines read characters, not bytes, through an {@code Alphabet} of the classes that the
 * pattern tells apart, so that bytes that are no UTF-8 need no care anywhere else.
 */
package dev.skald.logql.regex;
