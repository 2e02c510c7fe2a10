package dev.skald.config.keys;

/** What may stand behind a key. */
public sealed interface Shape {
  /** A single value; see {@link Scalar}. */
  sealed interface Single extends Shape permits Scalar {}

  /** A list of strings. */
  record Texts() implements Shape {}

  /** A map from string to string. */
  record TextMap() implements Shape {}

  /** Anything; kept as plain maps, lists, strings, numbers and booleans. */
  record Any() implements Shape {}

  /** A section of its own. */
  record Block(Section section) implements Shape {}

  /** A list of such. */
  record Blocks(Section section) implements Shape {}

  /** A map from any name to such. */
  record NamedBlocks(Section section) implements Shape {}
}
