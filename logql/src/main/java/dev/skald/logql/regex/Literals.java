package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.Assertion.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What can be told of the matches of a tree by plain search.
 *
 * @param exact what every match is, and what alone is a match; null if there is no such thing
 * @param prefix what every match begins with; null if unknown
 * @param required what every match contains; null if unknown
 * @param anchoredStart whether an exact match must stand at the beginning of the text
 * @param anchoredEnd whether an exact match must stand at the end of the text
 */
record Literals(
    ByteSearch exact,
    ByteSearch prefix,
    ByteSearch required,
    boolean anchoredStart,
    boolean anchoredEnd) {

  static Literals of(Node node) {
    Walk walk = new Walk();
    walk.visit(node);
    walk.endRun();
    boolean exact = walk.runs <= 1 && !walk.gaps;
    return new Literals(
        exact ? walk.best.search() : null,
        walk.prefix.length() == 0 ? null : walk.prefix.search(),
        walk.best.length() == 0 ? null : walk.best.search(),
        walk.beginText,
        walk.endText);
  }

  private record Run(byte[] bytes, boolean foldCase) {
    static final Run NONE = new Run(new byte[0], false);

    int length() {
      return bytes.length;
    }

    ByteSearch search() {
      return foldCase ? ByteSearch.ignoringAsciiCase(bytes) : ByteSearch.of(bytes);
    }
  }

  /** Goes along the parts that every match goes along, and gathers runs of literal bytes. */
  private static final class Walk {
    final ByteArrayOutputStream run = new ByteArrayOutputStream();
    boolean foldCase;
    Run best = Run.NONE;
    Run prefix = Run.NONE;
    int runs;

    /** Whether something was met that is no literal. */
    boolean gaps;

    /** Whether something was met that takes characters, so that what follows is no prefix. */
    boolean moved;

    boolean beginText;
    boolean endText;

    void visit(Node node) {
      switch (node) {
        case Node.Empty _ -> {}
        case Node.Literal literal -> literal(literal);
        case Node.Capture(var index, var name, Node child) -> visit(child);
        case Node.Concat(List<Node> children) -> children.forEach(this::visit);
        case Node.Assertion(Kind kind) -> assertion(kind);
        case Node.Plus(Node child, var lazy) -> {
          visit(child);
          gap();
        }
        case Node.Repeat(Node child, int min, var max, var lazy) when min > 0 -> {
          visit(child);
          gap();
        }
        default -> gap();
      }
    }

    private void assertion(Kind kind) {
      boolean atStart = run.size() == 0 && runs == 0 && !gaps && !endText;
      if (kind == Kind.BEGIN_TEXT && atStart) {
        beginText = true;
      } else if (kind == Kind.END_TEXT) {
        endText = true;
      } else {
        // Takes no character, so the bytes on both sides still touch.
        gaps = true;
      }
    }

    private void literal(Node.Literal literal) {
      if (endText) {
        gap();
        return;
      }
      for (int rune : literal.runes()) {
        if (!isPlain(rune, literal.foldCase())) {
          gap();
          continue;
        }
        if (run.size() > 0 && foldCase != literal.foldCase()) {
          endRun();
        }
        foldCase = literal.foldCase();
        run.writeBytes(Character.toString(rune).getBytes(StandardCharsets.UTF_8));
      }
    }

    /** Returns whether a character always matches the same bytes, but for the case of ASCII. */
    private static boolean isPlain(int rune, boolean foldCase) {
      boolean surrogate = rune >= Character.MIN_SURROGATE && rune <= Character.MAX_SURROGATE;
      boolean invalidToo = rune == 0xfffd;
      if (surrogate || invalidToo) {
        return false;
      }
      RuneSet ring = foldCase ? CaseFolding.ring(rune) : RuneSet.of(rune);
      return !foldCase || ring.equals(RuneSet.of(rune)) || ring.last(ring.rangeCount() - 1) < 0x80;
    }

    private void gap() {
      endRun();
      gaps = true;
      moved = true;
    }

    void endRun() {
      if (run.size() == 0) {
        return;
      }
      Run ended = new Run(run.toByteArray(), foldCase);
      run.reset();
      runs++;
      if (!moved) {
        prefix = ended;
        moved = true;
      }
      if (ended.length() > best.length()) {
        best = ended;
      }
    }
  }
}
