package dev.skald.logql.regex;

/**
 * How often {@code *}, {@code +}, {@code ?} or {@code {min,max}} repeats.
 *
 * @param operator the first character
 * @param max -1 for no limit
 */
record RepeatCount(char operator, int min, int max) {
  /** What a count that is too large to bother about is read as. */
  private static final int HUGE = 1_000_000;

  /** Takes an operator; returns null, and takes nothing, if a brace is no operator here. */
  static RepeatCount parse(PatternCursor in) {
    char operator = in.peek();
    if (operator != '{') {
      in.skip(1);
      return new RepeatCount(operator, operator == '+' ? 1 : 0, operator == '?' ? 1 : -1);
    }
    int start = in.position();
    in.skip(1);
    int min = number(in);
    int max = min;
    if (in.accept(',')) {
      max = in.peek() == '}' ? -1 : number(in);
    }
    boolean wellFormed = min >= 0 && max >= -1 && in.accept('}');
    if (!wellFormed) {
      in.moveTo(start);
      return null;
    }
    return new RepeatCount(operator, min, max);
  }

  /** Takes a number without leading zeros; returns -2 if there is none. */
  private static int number(PatternCursor in) {
    int start = in.position();
    int value = 0;
    while (in.peek() >= '0' && in.peek() <= '9') {
      value = Math.min(HUGE, 10 * value + in.next() - '0');
    }
    String digits = in.since(start);
    return digits.isEmpty() || digits.length() > 1 && digits.startsWith("0") ? -2 : value;
  }

  boolean isValid() {
    return min <= Node.MAX_REPEAT && max <= Node.MAX_REPEAT && (max < 0 || min <= max);
  }

  /** Returns how many copies of its node a counted repetition makes; 1 for the other operators. */
  int copies() {
    return operator == '{' ? Math.max(min, max) : 1;
  }

  Node repeat(Node child, boolean lazy) {
    return switch (operator) {
      case '*' -> new Node.Star(child, lazy);
      case '+' -> new Node.Plus(child, lazy);
      case '?' -> new Node.Quest(child, lazy);
      default -> new Node.Repeat(child, min, max, lazy);
    };
  }

  /** Returns whether nested counts multiply to no more than a limit. */
  static boolean multipliesWithin(Node node, int limit) {
    int left = limit;
    if (node instanceof Node.Repeat(var child, int min, int max, var lazy)) {
      if (max == 0) {
        return true;
      }
      int copies = max < 0 ? min : max;
      if (copies > limit) {
        return false;
      }
      left = copies > 0 ? limit / copies : limit;
    }
    for (Node part : node.parts()) {
      if (!multipliesWithin(part, left)) {
        return false;
      }
    }
    return true;
  }
}
