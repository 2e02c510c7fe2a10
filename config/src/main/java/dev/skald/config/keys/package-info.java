/**
 * The one table of every key that Loki 3.7 has: its type, its default and whether Skald uses it.
 * One file a section; {@link dev.skald.config.keys.RootKeys} holds them together. The source of all
 * of it is config-and-clients.md part 1.
 */
package dev.skald.config.keys;
