package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.skald.testing.Http.Reply;
import dev.skald.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/**
 * Compressed pushes that were cut off or damaged on their way, over HTTP: each is refused with what
 * is wrong with it, as the client's fault, and the server goes on.
 */
final class DamagedBodiesTest {
  private static final String PUSH = "/loki/api/v1/push";
  private static final String OTLP = "/otlp/v1/logs";
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final int BOMB = 50_000_000;

  private static final byte[] PUSHED =
      "{\"streams\":[{\"stream\":{\"app\":\"a\"},\"values\":[[\"1795132800000000000\",\"a line\"]]}]}"
          .getBytes(UTF_8);

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    // Damage to a time is no damage to a body.
    server =
        RunningServer.startWith(
            directory,
            "ingester: {max_chunk_age: 900000h}\n"
                + "distributor: {max_recv_msg_size: 5000000, max_decompressed_size: 20000000}\n");
  }

  @AfterAll
  static void stop() {
    String metrics = server.http().get("/metrics").text();
    server.close();
    assertThat(metrics).contains("loki_panic_total 0");
  }

  @AfterEach
  void goesOn() {
    assertThat(server.http().push(new String(PUSHED, UTF_8)).status()).isEqualTo(204);
  }

  private interface Opener {
    OutputStream on(OutputStream out) throws IOException;
  }

  private static UnaryOperator<byte[]> stream(Opener opener) {
    return body -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = opener.on(bytes)) {
        out.write(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    };
  }

  private static byte[] snappy(byte[] body) {
    try {
      return Snappy.compress(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zstd(byte[] body) {
    return Zstd.compress(body);
  }

  private static final UnaryOperator<byte[]> GZIP = stream(GZIPOutputStream::new);
  private static final UnaryOperator<byte[]> LZ4 = stream(LZ4FrameOutputStream::new);
  private static final UnaryOperator<byte[]> RAW_DEFLATE =
      stream(out -> new DeflaterOutputStream(out, new Deflater(6, true)));
  private static final UnaryOperator<byte[]> ZLIB = stream(DeflaterOutputStream::new);

  /** A way to push. */
  private record Way(
      String path, String type, String encoding, byte[] plain, UnaryOperator<byte[]> compressor) {
    byte[] body() {
      return compressor.apply(plain);
    }

    Reply post(byte[] body) {
      Map<String, String> headers = new HashMap<>(Map.of("Content-Type", type));
      if (!encoding.isEmpty()) {
        headers.put("Content-Encoding", encoding);
      }
      return server.http().post(path, headers, body);
    }

    @Override
    public String toString() {
      return path + " " + type + " " + encoding + " " + body().length;
    }
  }

  static Stream<Way> ways() {
    byte[] protobuf = push();
    byte[] otlp =
        OtlpSample.request(
            resource -> {},
            scope -> {},
            record -> record.fixed64(1, TIME).message(5, line -> line.text(1, "a line")));
    byte[] otlpJson =
        ("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1795132800000000000\",\"body\":{\"stringValue\":\"a"
             + " line\"}}]}]}]}")
            .getBytes(UTF_8);
    return Stream.of(
        new Way(PUSH, PROTOBUF, "", protobuf, DamagedBodiesTest::snappy),
        new Way(PUSH, PROTOBUF, "snappy", protobuf, DamagedBodiesTest::snappy),
        new Way(PUSH, PROTOBUF, "gzip", snappy(protobuf), GZIP),
        new Way(PUSH, PROTOBUF, "deflate", snappy(protobuf), RAW_DEFLATE),
        new Way("/api/prom/push", PROTOBUF, "", protobuf, DamagedBodiesTest::snappy),
        new Way(PUSH, JSON, "gzip", PUSHED, GZIP),
        new Way(PUSH, JSON, "deflate", PUSHED, RAW_DEFLATE),
        new Way(PUSH, JSON, "deflate", PUSHED, ZLIB),
        new Way(OTLP, PROTOBUF, "gzip", otlp, GZIP),
        new Way(OTLP, PROTOBUF, "zstd", otlp, DamagedBodiesTest::zstd),
        new Way(OTLP, PROTOBUF, "lz4", otlp, LZ4),
        new Way(OTLP, JSON, "gzip", otlpJson, GZIP),
        new Way(OTLP, JSON, "zstd", otlpJson, DamagedBodiesTest::zstd));
  }

  private static byte[] push() {
    ProtobufWriter time = new ProtobufWriter(16);
    time.varint(1, 1_795_132_800L);
    ProtobufWriter entry = new ProtobufWriter(64);
    bytes(entry, 1, time.toByteArray());
    bytes(entry, 2, "a line".getBytes(UTF_8));
    ProtobufWriter stream = new ProtobufWriter(64);
    bytes(stream, 1, "{app=\"a\"}".getBytes(UTF_8));
    bytes(stream, 2, entry.toByteArray());
    ProtobufWriter push = new ProtobufWriter(64);
    bytes(push, 1, stream.toByteArray());
    return push.toByteArray();
  }

  private static void bytes(ProtobufWriter out, int field, byte[] value) {
    out.bytes(field, value, 0, value.length);
  }

  private static void assertClientsFault(Reply reply, String what) {
    assertThat(reply.status()).as("%s: %s", what, reply.text()).isBetween(400, 499);
    assertThat(reply.text().strip()).as(what).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void wholeBodiesAreTaken(Way way) {
    Reply reply = way.post(way.body());
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void bodiesCutAnywhereAreRefused(Way way) {
    byte[] whole = way.body();
    for (int length = 0; length < whole.length; length++) {
      Reply reply = way.post(Arrays.copyOf(whole, length));
      if (length == 0 && way.path.equals(OTLP) && reply.status() == 204) {
        continue;
      }
      assertClientsFault(reply, way + " cut after " + length);
    }
  }

  /** A bit of the head of a format may stand for nothing: then the body is taken. */
  @ParameterizedTest
  @MethodSource("ways")
  void flippedBitsAreTheClientsFaultOrHarmless(Way way) {
    byte[] whole = way.body();
    Random random = new Random(whole.length);
    for (int at = 0; at < whole.length; at++) {
      for (int bit : at < 16 ? new int[] {0, 1, 2, 3, 4, 5, 6, 7} : new int[] {random.nextInt(8)}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << bit);
        Reply reply = way.post(damaged);
        if (reply.status() != 204) {
          assertClientsFault(reply, way + " flipped " + at + "." + bit);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatFollowsTheEndIsTheClientsFaultOrHarmless(Way way) {
    byte[] whole = way.body();
    for (byte[] more : List.of(new byte[] {0}, new byte[100], "garbage".getBytes(UTF_8), whole)) {
      byte[] longer = Arrays.copyOf(whole, whole.length + more.length);
      System.arraycopy(more, 0, longer, whole.length, more.length);
      Reply reply = way.post(longer);
      if (reply.status() != 204) {
        assertClientsFault(reply, way + " and " + more.length + " bytes");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void bombsAreRefused(Way way) {
    byte[] bomb = way.compressor.apply(new byte[BOMB]);
    assertThat(bomb.length).isLessThan(BOMB / 15);
    Reply reply = way.post(bomb);
    assertClientsFault(reply, way + " as a bomb");
    assertThat(reply.text()).contains("too large");
    byte[] twice = way.compressor.apply(bomb);
    assertClientsFault(way.post(twice), way + " as a bomb in a bomb");
  }

  /** A few bytes that announce gigabytes are not believed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // A frame with one segment of 2^63 bytes.
        "28B52FFDE0FFFFFFFFFFFFFF7F010000",
        // A window of 2^41 bytes.
        "28B52FFD00F8010000",
        // A frame to be skipped, of 4 GB.
        "502A4D18FFFFFFFF00",
        // A dictionary that nobody has.
        "28B52FFD23FFFFFFFF05010000",
      })
  void zstdThatAnnouncesGigabytesIsRefused(String hex) {
    Way way = new Way(OTLP, PROTOBUF, "zstd", new byte[0], UnaryOperator.identity());
    assertClientsFault(way.post(java.util.HexFormat.of().parseHex(hex)), hex);
  }

  @Test
  void snappyThatAnnouncesGigabytesIsRefused() {
    Way way = new Way(PUSH, PROTOBUF, "", new byte[0], UnaryOperator.identity());
    for (String hex : List.of("FFFFFFFF0F00", "FFFFFFFF7F00", "FFFFFFFFFFFFFFFFFF01", "80808080")) {
      assertClientsFault(way.post(java.util.HexFormat.of().parseHex(hex)), hex);
    }
  }
}
