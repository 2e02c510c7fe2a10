/** Recent lines: in memory, on the ring, logged, then sealed into segments. */
package dev.skald.ingester;
