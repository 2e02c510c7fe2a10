/**
 * The write-ahead log: what was accepted but is not sealed yet. {@code docs/format/wal.md} draws
 * the bytes.
 */
package dev.skald.storage.wal;
