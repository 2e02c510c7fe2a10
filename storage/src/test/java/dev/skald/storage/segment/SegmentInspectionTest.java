package dev.skald.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.skald.storage.Batches;
import dev.skald.storage.FormatPage;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.segment.SegmentInspection.Frame;
import dev.skald.storage.segment.SegmentInspection.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SegmentInspectionTest {
  private final MemoryStore store = new MemoryStore();

  private SegmentInspection inspect(byte[] segment) throws IOException {
    store.objects.put("s", segment);
    return SegmentInspection.of(SegmentBytes.of(store, "s"));
  }

  private byte[] large() {
    TestSegments.write(
        store,
        new SegmentOptions(1, 270, 1 << 20, 1500),
        List.of(Batches.of(SegmentCorruptionTest.entries())));
    return store.objects.get(TestSegments.KEY);
  }

  @Test
  void tellsOfEveryByteOfTheExample() throws IOException {
    SegmentInspection segment = inspect(new FormatPage("segment.md").example("segment"));
    assertThat(segment.tenant()).isEqualTo("t");
    assertThat(segment.day()).isEqualTo(20_000);
    assertThat(segment.entries()).isEqualTo(3);
    assertThat(segment.frames())
        .extracting(Frame::label)
        .containsExactly(
            "head",
            "runs",
            "times",
            "metadata level",
            "lines",
            "lengths",
            "COUNTS",
            "STREAMS",
            "POSTINGS",
            "BLOCKS",
            "footer");
    assertThat(segment.frames().stream().mapToLong(Frame::length).sum()).isEqualTo(segment.bytes());
    assertThat(segment.blocks()).singleElement().extracting("rows").isEqualTo(3);
    assertThat(segment.frames().get(3).encoding()).isEqualTo("dictionary");
    assertThat(segment.problems()).isEmpty();
  }

  @Test
  void namesTheColumnsAndEncodingsOfEachBlock() throws IOException {
    SegmentInspection segment = inspect(large());
    assertThat(segment.blocks()).hasSize(2);
    assertThat(segment.blocks().getFirst().frames())
        .extracting(Frame::label, Frame::encoding)
        .contains(
            tuple("metadata constant", "constant"),
            tuple("metadata level", "dictionary"),
            tuple("metadata trace_id", "hex"),
            tuple("metadata id", "plain"));
    assertThat(segment.frames()).noneMatch(frame -> frame.kind() == Kind.UNUSED);
    assertThat(segment.frames().stream().mapToLong(Frame::length).sum()).isEqualTo(segment.bytes());
  }

  @Test
  void namesThePlaceOfEveryFlippedBit() throws IOException {
    byte[] original = large();
    List<Frame> frames = inspect(original).frames();
    for (int at = 0; at < original.length; at++) {
      byte[] changed = original.clone();
      changed[at] ^= (byte) (1 << (at % 8));
      Frame hit = frames.get(index(frames, at));
      if (hit.kind() == Kind.FOOTER) {
        assertThatThrownBy(() -> inspect(changed))
            .as("flipped byte %s", at)
            .isInstanceOf(CorruptDataException.class);
      } else {
        assertThat(inspect(changed).problems())
            .as("flipped byte %s", at)
            .singleElement()
            .asString()
            .contains(hit.label() + " at byte " + hit.offset() + ": ");
      }
    }
  }

  private static int index(List<Frame> frames, int at) {
    int index = 0;
    while (frames.get(index).offset() + frames.get(index).length() <= at) {
      index++;
    }
    return index;
  }

  @Test
  void saysWhichBlockIsBad() throws IOException {
    byte[] segment = large();
    Frame lines =
        inspect(segment).blocks().get(1).frames().stream()
            .filter(frame -> frame.kind() == Kind.LINES)
            .findFirst()
            .orElseThrow();
    segment[(int) lines.offset() + 20] ^= 4;
    SegmentInspection bad = inspect(segment);
    assertThat(bad.problems())
        .singleElement()
        .asString()
        .startsWith("block 1, lines at byte " + lines.offset() + ": CRC32C ");
    assertThat(bad.entries()).isEqualTo(300);
  }

  @Test
  void refusesASegmentCutAtAnyByte() {
    byte[] original = large();
    for (int length = 0; length < original.length; length++) {
      byte[] cut = Arrays.copyOf(original, length);
      assertThatThrownBy(() -> inspect(cut))
          .as("cut at %s", length)
          .isInstanceOf(CorruptDataException.class);
    }
    assertThatThrownBy(() -> inspect(Arrays.copyOf(original, 1000)))
        .hasMessageContaining("it begins as a segment, but its end is not there");
  }

  @Test
  void refusesWhatIsNoSegment() {
    assertThatThrownBy(() -> inspect(new byte[100])).hasMessageContaining("this is no segment");
    assertThatThrownBy(() -> inspect(new byte[0]))
        .hasMessageContaining("this is no segment: it has 0 bytes");
    assertThatThrownBy(() -> SegmentInspection.of(SegmentBytes.of(store, "none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
