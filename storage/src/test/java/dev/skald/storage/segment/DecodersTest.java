package dev.skald.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What stands between a good checksum and a bad writer. */
final class DecodersTest {
  private static final List<Consumer<byte[]>> DECODERS =
      List.of(
          bytes -> DictionaryPage.decode(bytes, 20, RowRanges.all(20)),
          bytes -> PlainPage.decode(bytes, null, 20, RowRanges.all(20)),
          bytes -> PlainPage.decode(bytes, new byte[] {7, 1, 0}, 20, RowRanges.all(20)),
          bytes -> HexPage.decode(bytes, null, 20, RowRanges.all(20)),
          bytes -> TimestampDecoder.decode(bytes, new int[] {3, 20}),
          StreamTable::decode,
          Postings::decode,
          BlockDirectory::decode,
          bytes -> MinuteCounts.decode(new ByteReader(bytes)),
          Footer::decode);

  @Property(tries = 2000)
  void badBytesAreCalledMalformedAndNothingElse(@ForAll Random random) {
    byte[] bytes = new byte[random.nextInt(80)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      // Small numbers get further into a decoder than large ones.
      bytes[i] = random.nextInt(4) == 0 ? bytes[i] : (byte) (bytes[i] & 7);
    }
    for (Consumer<byte[]> decoder : DECODERS) {
      try {
        decoder.accept(bytes);
      } catch (MalformedException expected) {
        assertThat(expected).hasMessageMatching("(?s).+");
      }
    }
  }

  @Property(tries = 300)
  void bitPackingGivesBackEveryNumberOfEveryWidth(@ForAll Random random) {
    int width = random.nextInt(65);
    long[] values = new long[random.nextInt(70)];
    for (int i = 0; i < values.length; i++) {
      values[i] = width == 0 ? 0 : random.nextLong() >>> (64 - width);
    }
    ByteWriter out = new ByteWriter();
    BitPacking.pack(values, values.length, width, out);
    byte[] bytes = out.toByteArray();
    assertThat(bytes).hasSize(BitPacking.byteLength(values.length, width));
    for (int i = 0; i < values.length; i++) {
      assertThat(BitPacking.get(bytes, 0, i, width)).isEqualTo(values[i]);
    }
    long[] unpacked = new long[values.length + 1];
    BitPacking.unpack(bytes, 0, width, unpacked, 1, values.length);
    assertThat(Arrays.copyOfRange(unpacked, 1, unpacked.length)).isEqualTo(values);
  }

  @Property(tries = 300)
  void bitPackingGivesBackAnyRangeOfSmallNumbers(@ForAll Random random) {
    int width = random.nextInt(33);
    int[] values = new int[random.nextInt(70)];
    for (int i = 0; i < values.length; i++) {
      values[i] = width == 0 ? 0 : random.nextInt() >>> (32 - width);
    }
    ByteWriter out = new ByteWriter();
    BitPacking.pack(values, values.length, width, out.u8(7));
    int from = random.nextInt(values.length + 1);
    int[] unpacked = new int[values.length - from];
    BitPacking.unpack(out.toByteArray(), 1, from, width, unpacked, 0, unpacked.length);
    assertThat(unpacked).isEqualTo(Arrays.copyOfRange(values, from, values.length));
  }

  @Property(tries = 200)
  void timesComeBackWhateverTheirStepsAndUnits(@ForAll Random random) {
    int[] runEnds = new int[1 + random.nextInt(6)];
    int rows = 0;
    for (int i = 0; i < runEnds.length; i++) {
      rows += 1 + random.nextInt(random.nextInt(20) == 0 ? 3000 : 50);
      runEnds[i] = rows;
    }
    long unit = TimestampEncoder.unit(3 * random.nextInt(4));
    long[] times = new long[rows];
    int row = 0;
    for (int end : runEnds) {
      long time = (random.nextLong() >> 3) / unit * unit;
      long most = 1 + (random.nextLong() >>> (10 + random.nextInt(50))) / unit / 3000;
      for (; row < end; row++) {
        times[row] = time;
        time += random.nextLong(most) * unit;
      }
    }
    ByteWriter out = new ByteWriter();
    new TimestampEncoder().encode(times, runEnds, out);
    assertThat(TimestampDecoder.decode(out.toByteArray(), runEnds)).isEqualTo(times);
  }
}
