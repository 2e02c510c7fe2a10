/**
 * Where immutable bytes lie under a key: the file system now, any object store behind the same
 * seam.
 */
package dev.skald.storage.object;
