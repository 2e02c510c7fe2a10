/** Runs LogQL on a schedule. */
package dev.skald.ruler;
