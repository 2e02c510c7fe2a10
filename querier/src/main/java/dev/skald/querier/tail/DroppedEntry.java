package dev.skald.querier.tail;

import dev.skald.logql.Labels;

/**
 * An entry that a tail has not got because it was too slow.
 *
 * @param timestamp unix nanoseconds
 * @param labels of its stream
 */
public record DroppedEntry(long timestamp, Labels labels) {}
