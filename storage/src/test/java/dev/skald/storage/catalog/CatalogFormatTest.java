package dev.skald.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.FormatPage;
import dev.skald.storage.catalog.EditCodec.Signed;
import dev.skald.storage.catalog.EditCodec.Writer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Decodes the examples of {@code docs/format/catalog.md}. */
final class CatalogFormatTest {
  private static final long START = 20_000L * 86_400_000_000_000L;
  private static final Instant MADE = Instant.ofEpochSecond(1_728_000_000L);
  private static final LogId LOG = new LogId(0x1122334455667788L, 0x99aabbccddeeff00L);
  private static final DeleteRequest REQUEST =
      new DeleteRequest(
          "d1", "team-a", "{a=\"b\"}", START, START + 1, START + 2, DeleteRequest.Status.RECEIVED);

  private static SegmentEntry segment() {
    String key = "segments/team-a/20000/000001000007.seg";
    long end = START + 60_000_000_000L;
    return new SegmentEntry(
        1_000_007, "team-a", 20_000, 0, key, 522, 300, 2, 3, START, end, OptionalLong.of(5));
  }

  private static Garbage garbage(String key) {
    return new Garbage(key, 400, MADE, Duration.ofMinutes(5));
  }

  private static Signed signed() {
    List<CatalogChange> changes = new ArrayList<>();
    changes.add(new CatalogChange.TakenOver(LOG));
    changes.add(new CatalogChange.Damaged());
    changes.add(new CatalogChange.Added(segment()));
    changes.add(new CatalogChange.Removed(4, garbage("segments/4")));
    changes.add(new CatalogChange.Swept("segments/3"));
    changes.add(new CatalogChange.Sealed(LOG, new HeadId(5)));
    changes.add(new CatalogChange.Forgotten(LOG, new HeadId(2)));
    changes.add(new CatalogChange.RequestPut(REQUEST));
    changes.add(new CatalogChange.RequestDropped("team-a", "d0"));
    return new Signed(new Writer(LOG, 7), MADE, new CatalogEdit(changes));
  }

  private static CatalogState state() {
    CatalogState state = new CatalogState();
    state.apply(16, new CatalogEdit(List.of(new CatalogChange.TakenOver(LOG))));
    CatalogEdit.Builder things = CatalogEdit.builder();
    things.add(segment()).garbage(garbage("segments/4"));
    things.seal(LOG, new HeadId(5)).put(REQUEST);
    state.apply(17, things.build());
    return state;
  }

  private static byte[] example(String name) throws IOException {
    return new FormatPage("catalog.md").example(name);
  }

  @Test
  void writesAndReadsTheExampleOfAnEdit() throws IOException {
    assertThat(CatalogObject.EDIT.wrap(17, EditCodec.encode(signed()))).isEqualTo(example("edit"));
    assertThat(CatalogObject.EDIT.unwrap("e", 17, example("edit"), EditCodec::decode))
        .isEqualTo(signed());
  }

  @Test
  void writesAndReadsTheExampleOfACheckpoint() throws IOException {
    assertThat(CatalogObject.STATE.wrap(17, StateCodec.encode(state())))
        .isEqualTo(example("state"));
    CatalogState read =
        CatalogObject.STATE.unwrap("s", 17, example("state"), in -> StateCodec.decode(17, in));
    assertThat(StateCodec.encode(read)).isEqualTo(StateCodec.encode(state()));
    assertThat(read.snapshot().segments()).containsExactly(segment());
    assertThat(read.snapshot().garbage()).containsExactly(garbage("segments/4"));
    assertThat(read.snapshot().deleteRequests()).containsExactly(REQUEST);
    assertThat(read.snapshot().sealed(LOG, new HeadId(5))).isTrue();
    assertThat(read.nextHead(LOG)).isEqualTo(6);
    assertThat(read.damaged()).isFalse();
  }
}
