package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xerial.snappy.Snappy;

final class BodyDecompressorTest {
  private static final int MAX = 1 << 20;
  private static final BodyDecompressor DECOMPRESSOR = new BodyDecompressor(MAX);

  private interface Compressor {
    byte[] compress(byte[] body) throws IOException;
  }

  private record Codec(String name, Compressor compressor, Mutations.Decoder decompressor) {
    byte[] decompress(byte[] body) throws DecodeException {
      return (byte[]) decompressor.decode(body);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private interface Opener {
    OutputStream on(OutputStream out) throws IOException;
  }

  private static Compressor stream(Opener opener) {
    return body -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = opener.on(bytes)) {
        out.write(body);
      }
      return bytes.toByteArray();
    };
  }

  static Stream<Codec> codecs() {
    return Stream.of(
        new Codec("gzip", stream(GZIPOutputStream::new), DECOMPRESSOR::gzip),
        new Codec(
            "deflate",
            stream(out -> new DeflaterOutputStream(out, new Deflater(6, true))),
            DECOMPRESSOR::deflate),
        new Codec("zlib", stream(DeflaterOutputStream::new), DECOMPRESSOR::deflate),
        new Codec("zstd", Zstd::compress, DECOMPRESSOR::zstd),
        new Codec("lz4", stream(LZ4FrameOutputStream::new), DECOMPRESSOR::lz4),
        new Codec("snappy", Snappy::compress, DECOMPRESSOR::snappy));
  }

  private static byte[] text(int length) {
    byte[] text = "one line of a log, and then another. ".repeat(length / 37 + 1).getBytes(UTF_8);
    return Arrays.copyOf(text, length);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void givesBackWhatWasCompressed(Codec codec) throws Exception {
    for (int length : new int[] {0, 1, 1023, 1024, 1025, 100_000, MAX - 1, MAX}) {
      byte[] body = text(length);
      assertThat(codec.decompress(codec.compressor.compress(body))).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void refusesToGrowPastTheLimit(Codec codec) throws Exception {
    for (int length : new int[] {MAX + 1, 4 * MAX}) {
      byte[] bomb = codec.compressor.compress(new byte[length]);
      assertThatThrownBy(() -> codec.decompress(bomb))
          .isInstanceOf(DecodeException.class)
          .hasMessageMatching(
              "decompressed message size too large than max \\(\\d+ vs " + MAX + "\\)");
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void rejectsEveryTruncation(Codec codec) throws Exception {
    byte[] whole = codec.compressor.compress(text(300));
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        assertThat(codec.decompress(cut)).as("%d bytes", length).isEqualTo(text(300));
      } catch (DecodeException e) {
        assertThat(e.status()).isEqualTo(400);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void survivesDamage(Codec codec) throws Exception {
    Mutations.mutate(codec.compressor.compress(text(300)), 2000, codec.decompressor);
  }

  @Test
  void namesTruncatedGzip() throws Exception {
    byte[] whole = stream(GZIPOutputStream::new).compress(text(300));
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> DECOMPRESSOR.gzip(cut)).hasMessage("unexpected EOF");
    }
    assertThatThrownBy(() -> DECOMPRESSOR.gzip(new byte[0])).hasMessage("EOF");
  }

  @Test
  void namesWhatIsNoGzip() {
    assertThatThrownBy(() -> DECOMPRESSOR.gzip("not gzip".getBytes(UTF_8)))
        .hasMessage("unexpected EOF");
    assertThatThrownBy(() -> DECOMPRESSOR.gzip("surely not gzip".getBytes(UTF_8)))
        .hasMessage("gzip: invalid header");
  }

  @Test
  void namesWhatIsNoSnappy() {
    for (String body : new String[] {"", "x", "garbage", "<x/>", "{\"streams\":[]}"}) {
      assertThatThrownBy(() -> DECOMPRESSOR.snappy(body.getBytes(UTF_8)))
          .isInstanceOf(DecodeException.class)
          .hasMessage("snappy: corrupt input");
    }
  }

  @Test
  void believesNoLengthThatSnappyCannotReach() {
    byte[] twoGigabytes = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07, 0, 0};
    BodyDecompressor generous = new BodyDecompressor(Integer.MAX_VALUE - 8);
    assertThatThrownBy(() -> generous.snappy(twoGigabytes)).hasMessage("snappy: corrupt input");
  }

  @Test
  void believesTheLengthOfARunThatSnappyPacksWell() throws Exception {
    byte[] zeros = new byte[MAX];
    assertThat(DECOMPRESSOR.snappy(Snappy.compress(zeros))).isEqualTo(zeros);
  }
}
