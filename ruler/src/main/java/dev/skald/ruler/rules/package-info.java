/**
 * What rules are, how they stand in YAML, and where they come from: files below a directory, or an
 * object store that the API writes (config-and-clients.md §2.2–§2.4).
 */
package dev.skald.ruler.rules;
