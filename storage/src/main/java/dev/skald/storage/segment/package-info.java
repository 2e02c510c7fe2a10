/** Segments: immutable objects with the entries of one tenant and one UTC day. */
package dev.skald.storage.segment;
