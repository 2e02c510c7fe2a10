package dev.skald.storage.segment;

/**
 * Where a segment lies.
 *
 * @param bytes length of the object
 * @param tailLength how many of its last bytes are needed to open it
 */
public record SegmentLocation(String key, long bytes, int tailLength) {}
