package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.skald.testing.RecordedPush;
import dev.skald.testing.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtobufPushDecoderTest {
  private static ByteString text(String text) {
    return ByteString.copyFrom(text, UTF_8);
  }

  private static Field bytes(ByteString... values) {
    Field.Builder field = Field.newBuilder();
    for (ByteString value : values) {
      field.addLengthDelimited(value);
    }
    return field.build();
  }

  private static Field number(long value) {
    return Field.newBuilder().addVarint(value).build();
  }

  private static ByteString message(Object... fieldsAndValues) {
    UnknownFieldSet.Builder message = UnknownFieldSet.newBuilder();
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      message.addField((int) fieldsAndValues[i], (Field) fieldsAndValues[i + 1]);
    }
    return message.build().toByteString();
  }

  private static ByteString time(long seconds, int nanos) {
    return message(1, number(seconds), 2, number(nanos));
  }

  private static ByteString pair(String name, String value) {
    return message(1, bytes(text(name)), 2, bytes(text(value)));
  }

  private static byte[] rich() {
    ByteString first =
        message(
            1,
            bytes(time(1795431552L, 7)),
            2,
            bytes(text("line ü")),
            3,
            bytes(pair("k", "v"), pair("l", "w")),
            4,
            bytes(pair("parsed", "ignored")));
    ByteString second = message(1, bytes(time(-1, 0)));
    ByteString stream =
        message(1, bytes(text("{a=\"b\"}")), 2, bytes(first, second), 3, number(77));
    return message(1, bytes(stream, ByteString.EMPTY), 2, bytes(text("format"))).toByteArray();
  }

  @Test
  void readsStreamsEntriesAndMetadata() throws Exception {
    assertThat(Decoded.entries(ProtobufPushDecoder.decode(rich())))
        .containsExactly(
            "{a=\"b\"} 1795431552000000007 line ü [k=v, l=w]", "{a=\"b\"} -1000000000  []");
    assertThat(Decoded.labels(ProtobufPushDecoder.decode(rich())))
        .containsExactly("{a=\"b\"}", "{}");
  }

  @Test
  void readsNothing() throws Exception {
    assertThat(ProtobufPushDecoder.decode(new byte[0]).streams()).isZero();
  }

  @Test
  void readsFieldsInAnyOrderAndTheLastOfEach() throws Exception {
    ProtobufWriter out = new ProtobufWriter(100);
    int stream = out.begin(1);
    int entry = out.begin(2);
    out.bytes(2, "old".getBytes(UTF_8), 0, 3);
    out.bytes(2, "new".getBytes(UTF_8), 0, 3);
    int time = out.begin(1);
    out.varint(2, 5);
    out.end(time);
    out.end(entry);
    out.bytes(1, "{z=\"y\"}".getBytes(UTF_8), 0, 7);
    out.end(stream);
    assertThat(Decoded.entries(ProtobufPushDecoder.decode(out.toByteArray())))
        .containsExactly("{z=\"y\"} 5 new []");
  }

  @Test
  void keepsBytesThatAreNoUtf8() throws Exception {
    ByteString line = ByteString.copyFrom(new byte[] {(byte) 0xFF, 0, (byte) 0xC0});
    byte[] body = message(1, bytes(message(2, bytes(message(2, bytes(line)))))).toByteArray();
    var request = ProtobufPushDecoder.decode(body);
    assertThat(request.lineLength(0)).isEqualTo(3);
    assertThat(request.bytes()[request.lineStart(0)]).isEqualTo((byte) 0xFF);
  }

  @Test
  void rejectsTimesThatDoNotFit() {
    ByteString entry = message(1, bytes(time(Long.MAX_VALUE, 0)));
    byte[] body = message(1, bytes(message(2, bytes(entry)))).toByteArray();
    assertThatThrownBy(() -> ProtobufPushDecoder.decode(body))
        .isInstanceOf(DecodeException.class)
        .hasMessage("timestamp of 9223372036854775807 seconds does not fit 64 bits of nanoseconds");
  }

  @Test
  void rejectsAFieldOfTheWrongType() {
    byte[] body = message(1, number(5)).toByteArray();
    assertThatThrownBy(() -> ProtobufPushDecoder.decode(body))
        .hasMessage("proto: malformed message at byte 1: field 1 has wire type 0, want 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void readsWhatPromtailHasSent(int number) throws Exception {
    byte[] body = Resources.bytes("/promtail/cap-0" + number + ".bin");
    List<String> expected =
        RecordedPush.decode(body).stream()
            .map(e -> e.labels() + " " + e.time() + " " + e.line())
            .toList();
    byte[] message = new BodyDecompressor(1 << 20).snappy(body);
    assertThat(Decoded.entries(ProtobufPushDecoder.decode(message)))
        .map(entry -> entry.substring(0, entry.lastIndexOf(" [")))
        .isNotEmpty()
        .isEqualTo(expected);
  }

  @Test
  void survivesDamage() {
    Mutations.truncate(rich(), ProtobufPushDecoder::decode);
    Mutations.mutate(rich(), 5000, ProtobufPushDecoder::decode);
  }
}
