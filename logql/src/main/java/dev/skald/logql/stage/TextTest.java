package dev.skald.logql.stage;

import dev.skald.logql.Matcher;
import dev.skald.logql.regex.Regex;
import java.util.Arrays;

/** The comparison of a text with a constant or a regular expression, on bytes. Immutable. */
final class TextTest {
  private final Matcher.Type type;
  private final byte[] expected;
  private final Regex regex;

  /**
   * @param dotMatchesNewline as in {@code drop} and {@code keep}, but not in label filters
   * @throws dev.skald.logql.regex.RegexSyntaxException if a regular expression is malformed
   */
  TextTest(Matcher matcher, boolean dotMatchesNewline) {
    this.type = matcher.type();
    this.expected = Bytes.utf8(matcher.value());
    boolean plain = type == Matcher.Type.EQUAL || type == Matcher.Type.NOT_EQUAL;
    this.regex = plain ? null : Regex.compileAnchored(matcher.value(), dotMatchesNewline);
  }

  boolean test(byte[] bytes, int offset, int length) {
    return switch (type) {
      case EQUAL -> equal(bytes, offset, length);
      case NOT_EQUAL -> !equal(bytes, offset, length);
      case REGEX -> regex.find(bytes, offset, offset + length);
      case NOT_REGEX -> !regex.find(bytes, offset, offset + length);
    };
  }

  private boolean equal(byte[] bytes, int offset, int length) {
    return Arrays.equals(bytes, offset, offset + length, expected, 0, expected.length);
  }

  /** Tests the value of a label; an absent one is empty. */
  boolean test(LabelSlot slot) {
    return slot.present() ? test(slot.bytes, slot.offset, slot.length) : test(Bytes.EMPTY, 0, 0);
  }
}
