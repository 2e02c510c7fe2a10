/**
 * The steps of a log pipeline, a file for each: line filters, parsers, label filters and what
 * rewrites lines and labels. This is the plain evaluation, one entry at a time, and the
 * specification (logql.md §8 to §15) word for word.
 */
package dev.skald.logql.stage;
