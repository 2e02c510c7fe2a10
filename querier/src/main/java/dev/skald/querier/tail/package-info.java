/**
 * Live tails: what shards store is passed through the pipelines of those who follow, once a query,
 * and waits for each of them until it is taken.
 */
package dev.skald.querier.tail;
