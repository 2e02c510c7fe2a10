package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.regex.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LeadingFilterTest {

  @Property(tries = 500)
  void searchesAdjacentLinesAsItDoesEachAlone(@ForAll Random random) {
    Column.Plain lines = randomLines(random);
    byte[] needle = randomText(random, random.nextInt(4));
    ContainsTest test = new ContainsTest(ByteSearch.of(needle), random.nextBoolean());
    BitSet rows = new BitSet();
    BitSet wanted = new BitSet();
    for (int row = 0; row < lines.starts().length; row++) {
      int from = lines.starts()[row];
      int to = from + Math.max(0, lines.lengths()[row]);
      boolean selected = random.nextInt(8) > 0;
      rows.set(row, selected);
      wanted.set(row, selected && test.test(lines.bytes(), from, to));
    }
    test.narrow(lines, rows);
    assertThat(rows).isEqualTo(wanted);
  }

  private static Column.Plain randomLines(Random random) {
    int rows = 1 + random.nextInt(40);
    int[] starts = new int[rows];
    int[] lengths = new int[rows];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      at += random.nextInt(6) == 0 ? random.nextInt(5) : 0;
      starts[row] = at;
      lengths[row] = random.nextInt(10) == 0 ? -1 : random.nextInt(12);
      at += Math.max(0, lengths[row]);
    }
    return new Column.Plain(randomText(random, at), starts, lengths);
  }

  private static byte[] randomText(Random random, int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + random.nextInt(2));
    }
    return text;
  }

  @Test
  void decidesLinesOfAnyKindOfColumn() {
    LeadingFilter filter = new LeadingFilter(new ContainsTest(ByteSearch.of(utf8("x")), false));
    byte[][] values = {utf8("a"), utf8("xy")};
    Column dictionary = new Column.Dictionary(new int[] {1, 0, -1, 1}, values);
    assertThat(filter.passing(batch(4, dictionary), () -> {})).isEqualTo(bits(0, 3));
    assertThat(filter.passing(batch(2, new Column.Constant(utf8("x"))), () -> {}))
        .isEqualTo(bits(0, 1));
    assertThat(filter.passing(batch(2, Column.Absent.INSTANCE), () -> {})).isEqualTo(bits());
  }

  @Test
  void takesAMissingLineForAnEmptyOne() {
    LeadingFilter filter = new LeadingFilter(new ContainsTest(ByteSearch.of(utf8("x")), true));
    assertThat(filter.passing(batch(2, Column.Absent.INSTANCE), () -> {})).isEqualTo(bits(0, 1));
    assertThat(filter.passing(batch(3, Column.Absent.INSTANCE), () -> {})).isEqualTo(bits(0, 1, 2));
  }

  private static Batch batch(int rows, Column lines) {
    List<Batch.Run> runs = List.of(new Batch.Run(Labels.EMPTY, 0, 0, rows));
    return new Batch(runs, new long[rows], lines, List.of());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static BitSet bits(int... rows) {
    BitSet bits = new BitSet();
    for (int row : rows) {
      bits.set(row);
    }
    return bits;
  }
}
