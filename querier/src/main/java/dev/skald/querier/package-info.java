/**
 * The front door for reads: a query is checked against its tenant's limits, waits for its turn, and
 * runs on what is recent and what is stored, taken together.
 */
package dev.skald.querier;
