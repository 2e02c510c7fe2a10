/**
 * The language as text: the parser turns a query into an {@link dev.skald.logql.syntax.Expr}, the
 * printer turns it back. A construct of the grammar (logql.md §3) is one record here.
 */
package dev.skald.logql.syntax;
