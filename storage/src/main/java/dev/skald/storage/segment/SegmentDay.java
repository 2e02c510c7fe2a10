package dev.skald.storage.segment;

/**
 * Whose entries of what time are in a segment.
 *
 * @param day UTC day, counted from 1970-01-01
 */
record SegmentDay(String tenant, long day) {}
