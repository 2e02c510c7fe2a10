/**
 * What {@code bin/bench} runs: loads a server with a recorded or a generated day of logs, asks a
 * fixed set of queries, and prints what both have cost. Uses the JDK alone, so that it starts from
 * source.
 */
package dev.skald.bench;
