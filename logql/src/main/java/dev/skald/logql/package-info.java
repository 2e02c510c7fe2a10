/**
 * The nouns of the domain: {@link dev.skald.logql.Labels label sets}, {@link
 * dev.skald.logql.Matcher matchers}, and what can go wrong with a query.
 *
 * <p>The packages below follow the path of a query: {@code syntax} reads it, {@code batch} is what
 * it runs on, {@code stage} and {@code template} are the steps of its pipeline, {@code regex} is
 * their matcher, {@code eval} turns entries into results. Nothing in this module does I/O, starts a
 * thread or reads a clock.
 */
package dev.skald.logql;
