/**
 * Evaluation: from an expression and a source of entries to streams, series or a number (logql.md
 * §16 to §20).
 */
package dev.skald.logql.eval;
