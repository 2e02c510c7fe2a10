package dev.skald.config.keys;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One key of a section.
 *
 * @param initial the default, of the Java type that the shape tells; null for blocks
 * @param remark why the key has no effect and what to use instead; may be empty
 */
public record Key(String name, Shape shape, Object initial, Use use, Bound bound, String remark) {
  private static final Bound ANY_VALUE = new Bound.None();

  public Key {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(shape, "shape is null");
  }

  /** A key that acts; the default is written as in a file. */
  static Key used(String name, Scalar type, String initial) {
    return scalar(name, type, initial, Use.USED);
  }

  /** A key of Loki that Skald has no need of. */
  static Key unused(String name, Scalar type, String initial) {
    return scalar(name, type, initial, Use.UNUSED);
  }

  /** A key that Loki no longer has. */
  static Key removed(String name, Scalar type, String remark) {
    return new Key(name, type, null, Use.REMOVED, ANY_VALUE, remark);
  }

  /** A key to accept without a word. */
  static Key quiet(String name, Scalar type) {
    return new Key(name, type, null, Use.QUIET, ANY_VALUE, "");
  }

  static Key usedTexts(String name, String... initial) {
    return usedTexts(name, List.of(initial));
  }

  static Key usedTexts(String name, List<String> initial) {
    return new Key(name, new Shape.Texts(), List.copyOf(initial), Use.USED, ANY_VALUE, "");
  }

  static Key unusedTexts(String name, String... initial) {
    return new Key(name, new Shape.Texts(), List.of(initial), Use.UNUSED, ANY_VALUE, "");
  }

  static Key usedMap(String name) {
    return new Key(name, new Shape.TextMap(), Map.of(), Use.USED, ANY_VALUE, "");
  }

  /** A key with a free form that Skald reads. */
  static Key usedAny(String name, Object initial) {
    return new Key(name, new Shape.Any(), initial, Use.USED, ANY_VALUE, "");
  }

  /** A key with a form that Skald does not look into. */
  static Key any(String name) {
    return new Key(name, new Shape.Any(), Map.of(), Use.UNUSED, ANY_VALUE, "");
  }

  /** A section; it is in use if a key in it is. */
  static Key block(String name, Section section) {
    return new Key(name, new Shape.Block(section), null, section.use(), ANY_VALUE, "");
  }

  static Key blocks(String name, Section section) {
    return new Key(name, new Shape.Blocks(section), List.of(), section.use(), ANY_VALUE, "");
  }

  static Key named(String name, Section section) {
    return new Key(name, new Shape.NamedBlocks(section), Map.of(), section.use(), ANY_VALUE, "");
  }

  Key within(double least, double most) {
    return bounded(new Bound.Within(least, most));
  }

  Key atLeast(long least) {
    return bounded(new Bound.Within(least, Long.MAX_VALUE));
  }

  Key positive() {
    return bounded(
        shape == Scalar.GO_DURATION || shape == Scalar.DURATION
            ? new Bound.Lasting(false)
            : new Bound.Within(1, Long.MAX_VALUE));
  }

  Key notNegative() {
    return bounded(
        shape == Scalar.GO_DURATION || shape == Scalar.DURATION
            ? new Bound.Lasting(true)
            : new Bound.Within(0, Long.MAX_VALUE));
  }

  Key oneOf(String... choices) {
    return bounded(new Bound.OneOf(Arrays.asList(choices)));
  }

  /** Returns what is wrong with a value; empty if nothing is. */
  public String complaint(Object value) {
    return bound.complaint(value);
  }

  private Key bounded(Bound wanted) {
    return new Key(name, shape, initial, use, wanted, remark);
  }

  private static Key scalar(String name, Scalar type, String initial, Use use) {
    boolean text = type == Scalar.TEXT || type == Scalar.SECRET || type == Scalar.URL;
    Object value = text ? initial : type.parse(initial, false);
    return new Key(name, type, value, use, ANY_VALUE, "");
  }
}
