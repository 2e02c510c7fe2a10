package dev.skald.server.query;

import dev.skald.querier.tail.TailFrame;

/** Writes what is sent to a tail in one go (http-api.md §8). */
sealed interface TailEncoder permits TailJson, LegacyTailJson {
  JsonOutput encode(TailFrame frame);
}
