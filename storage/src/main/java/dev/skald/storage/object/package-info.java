/** Where immutable bytes lie under a key: the file system, or S3, behind the same seam. */
package dev.skald.storage.object;
