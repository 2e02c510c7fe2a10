package dev.skald.ruler.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.ruler.evaluate.RecordedSample;
import dev.skald.storage.FormatPage;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.object.CorruptDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

final class SampleObjectTest {
  private static final Instant SAVED = Instant.parse("2026-01-01T00:00:00.250Z");
  private static final List<RecordedSample> SAMPLES =
      List.of(
          new RecordedSample(Labels.of("__name__", "a:b", "app", "web"), 1_767_225_600_000L, 12),
          new RecordedSample(
              Labels.of("__name__", "a:b", "app", "web"),
              1_767_225_660_000L,
              RecordedSample.STALE));

  private static byte[] encoded() throws IOException {
    byte[] request = Snappy.compress(WriteRequest.encode(SAMPLES));
    return new SampleObject(SAMPLES.size(), SAVED, request).encode();
  }

  private static List<Long> bits(List<RecordedSample> samples) {
    return samples.stream().map(s -> Double.doubleToRawLongBits(s.value())).toList();
  }

  @Test
  void readsTheExampleOfTheFormatsPage() throws IOException {
    byte[] example = new FormatPage("remote-write.md").example("samples");

    SampleObject object = SampleObject.decode("k", example);

    assertThat(object.samples()).isEqualTo(2);
    assertThat(object.savedAt()).isEqualTo(SAVED);
    List<RecordedSample> read = DecodedRequest.of(object.uncompressed("k"));
    assertThat(read)
        .extracting(RecordedSample::labels)
        .allMatch(SAMPLES.getFirst().labels()::equals);
    assertThat(bits(read)).isEqualTo(bits(SAMPLES));
    assertThat(object.encode()).isEqualTo(example);
  }

  @Test
  void seesEveryCut() throws IOException {
    byte[] whole = encoded();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> SampleObject.decode("k", cut))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void seesEveryFlippedBit() throws IOException {
    byte[] whole = encoded();
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> SampleObject.decode("k", flipped))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Property(tries = 500)
  void takesNoOtherBytesForAnObject(@ForAll byte[] bytes) {
    assertThatThrownBy(() -> SampleObject.decode("k", bytes)).isInstanceOf(IOException.class);
    byte[] first = Arrays.copyOf(bytes, SampleObject.HEAD);
    assertThatThrownBy(() -> SampleObject.head("k", first, bytes.length))
        .isInstanceOf(IOException.class);
  }

  @Property(tries = 500)
  void takesNoOtherBytesForARequest(@ForAll byte[] request) throws IOException {
    SampleObject object = SampleObject.decode("k", new SampleObject(1, SAVED, request).encode());
    try {
      object.uncompressed("k");
    } catch (CorruptDataException expected) {
      assertThat(expected.path()).isEqualTo("k");
    }
  }

  @Test
  void claimsNoMemoryForWhatARequestPretends() throws IOException {
    byte[] pretends = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0};
    SampleObject object = new SampleObject(1, SAVED, pretends);

    assertThatThrownBy(() -> object.uncompressed("k")).isInstanceOf(CorruptDataException.class);
  }

  @Test
  void tellsAnotherVersionFromDamage() {
    ByteWriter out = new ByteWriter();
    out.bytes("SKALDRWQ".getBytes(StandardCharsets.US_ASCII)).u32(2).u32(1).u64(0).u32(0);
    byte[] newer = out.u32(Crc32c.of(out.array(), 0, out.size())).toByteArray();

    assertThatThrownBy(() -> SampleObject.decode("k", newer))
        .isNotInstanceOf(CorruptDataException.class)
        .hasMessage("k is of version 2, this Skald reads version 1");
  }
}
