/**
 * Regular expressions as Go's {@code regexp} package defines them (RE2 syntax with Perl flags), run
 * on UTF-8 bytes in time linear in the input.
 */
package dev.skald.logql.regex;
