package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ingester.Entries.Entry;
import dev.skald.logql.Labels;
import dev.skald.storage.catalog.HeadId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SealedMemoryTest {
  @Test
  void forgetsTheOldestHeadsAboveItsNumberOfRows() {
    SealedMemory memory = new SealedMemory(25);
    List<SealedRows> heads = new ArrayList<>();
    for (int head = 0; head < 4; head++) {
      SealedRows rows = rows(head, 10);
      rows.detach();
      heads.add(rows);
      memory.add(List.of(rows));
    }
    assertThat(heads).extracting(SealedRows::forgotten).containsExactly(true, true, false, false);
    assertThat(heads).extracting(rows -> rows.contains(0)).containsOnly(false);
  }

  @Test
  void alwaysKnowsTheLastHead() {
    SealedMemory memory = new SealedMemory(5);
    SealedRows rows = rows(0, 10);
    memory.add(List.of(rows));
    assertThat(rows.forgotten()).isFalse();
  }

  @Test
  void rowsThatAreForgottenBeforeTheSealRunsTakeNoMemory() {
    SealedRows rows = rows(0, 10);
    rows.forget();
    rows.detach();
    assertThat(rows.contains(0)).isFalse();
  }

  private static SealedRows rows(int head, int count) {
    Labels labels = Labels.of("app", "a");
    HeadValues values = new Head(new HeadId(head), 1 << 10, 0).values();
    HeadStream stream = new HeadStream(labels, 1, values);
    for (int i = 0; i < count; i++) {
      Entry entry = new Entry("a", i, "line " + i);
      stream.append(entry.timestamp(), Entries.slice(entry.line()), new EntryMetadata());
    }
    stream.publish();
    return new SealedRows(stream, 100, 0);
  }
}
