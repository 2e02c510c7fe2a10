/**
 * Templates of recent lines and how often they came: what {@code /loki/api/v1/patterns} answers
 * from (http-api.md §7.9).
 *
 * <p>Lines are clustered as they arrive, by the idea of Drain (He, Zhu, Zheng, Lyu: "Drain: An
 * Online Log Parsing Approach with Fixed Depth Tree", 2017): a line is compared only with templates
 * of as many words that start alike, and words that differ become variables. A variable never holds
 * a byte that separates words, so every template, written as a pattern filter, matches the lines
 * that it counts.
 */
package dev.skald.ingester.pattern;
