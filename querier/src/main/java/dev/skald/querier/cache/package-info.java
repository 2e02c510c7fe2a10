/** Keeps the results of metric queries, by windows of time, for as long as they are true. */
package dev.skald.querier.cache;
