package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtobufReaderTest {
  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    writing.to(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static ProtobufReader reader(byte[] bytes) throws DecodeException {
    ProtobufReader reader = new ProtobufReader(bytes, 0, bytes.length);
    assertThat(reader.next()).isTrue();
    return reader;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 300, Integer.MAX_VALUE, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void readsNumbersAsTheyWereWritten(long number) throws Exception {
    assertThat(reader(written(out -> out.writeInt64(7, number))).readVarint()).isEqualTo(number);
    assertThat(reader(written(out -> out.writeFixed64(7, number))).readFixed64()).isEqualTo(number);
    assertThat(reader(written(out -> out.writeFixed32(7, (int) number))).readFixed32())
        .isEqualTo((int) number);
  }

  @Test
  void readsBytesInPlace() throws Exception {
    byte[] bytes = written(out -> out.writeString(2, "text"));
    ProtobufReader reader = reader(bytes);
    assertThat(reader.field()).isEqualTo(2);
    reader.readBytes();
    assertThat(new String(bytes, reader.start(), reader.length(), UTF_8)).isEqualTo("text");
    assertThat(reader.next()).isFalse();
  }

  @Test
  void skipsEveryTypeButGroups() throws Exception {
    byte[] bytes =
        written(
            out -> {
              out.writeInt64(1, -5);
              out.writeFixed64(2, 5);
              out.writeString(3, "skipped");
              out.writeFixed32(4, 5);
              out.writeInt32(536870911, 9);
            });
    ProtobufReader reader = new ProtobufReader(bytes, 0, bytes.length);
    for (int field = 1; field <= 4; field++) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.field()).isEqualTo(field);
      reader.skip();
    }
    assertThat(reader.next()).isTrue();
    assertThat(reader.field()).isEqualTo(536870911);
    assertThat(reader.readVarint()).isEqualTo(9);
    assertThat(reader.next()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "00, proto: malformed message at byte 1: illegal tag 0",
    "0f, proto: illegal wireType 7",
    "0b, proto: illegal wireType 3",
    "8080808010, proto: malformed message at byte 5: illegal tag 4294967296",
    "80808080808080808001, proto: malformed message at byte 10: illegal tag -9223372036854775808",
    "0a05ff, unexpected EOF",
    "0affffffffffffffffff01, proto: negative length found during unmarshaling",
    "0affffffff0f, unexpected EOF",
    "08ffffffffffffffffffff01, proto: integer overflow",
    "0880, unexpected EOF",
    "0901020304050607, unexpected EOF",
    "0d010203, unexpected EOF",
    "80, unexpected EOF",
  })
  void rejectsWhatIsNoMessage(String hex, String what) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(
            () -> {
              ProtobufReader reader = new ProtobufReader(bytes, 0, bytes.length);
              while (reader.next()) {
                reader.skip();
              }
            })
        .isInstanceOf(DecodeException.class)
        .hasMessage(what);
  }

  @Test
  void neverReadsPastItsRange() throws Exception {
    byte[] bytes = written(out -> out.writeString(1, "a text that goes on"));
    for (int end = 1; end < bytes.length; end++) {
      ProtobufReader reader = new ProtobufReader(bytes, 0, end);
      assertThatThrownBy(
              () -> {
                reader.next();
                reader.readBytes();
              })
          .isInstanceOf(DecodeException.class);
    }
  }

  @Test
  void survivesDamage() throws Exception {
    byte[] valid =
        written(
            out -> {
              out.writeInt64(1, 1795431552000000000L);
              out.writeFixed64(2, 5);
              out.writeString(3, "text");
              out.writeFixed32(4, 5);
            });
    Mutations.truncate(valid, ProtobufReaderTest::walk);
    Mutations.mutate(valid, 5000, ProtobufReaderTest::walk);
  }

  /** Walks over a message and, where that succeeds, sees to it that protobuf-java agrees. */
  private static Object walk(byte[] body) throws DecodeException {
    ProtobufReader reader = new ProtobufReader(body, 0, body.length);
    StringBuilder fields = new StringBuilder();
    while (reader.next()) {
      fields.append(reader.field()).append(' ');
      reader.skip();
    }
    assertThat(fields.toString()).as(Arrays.toString(body)).isEqualTo(fields(body));
    return fields;
  }

  private static String fields(byte[] body) {
    StringBuilder fields = new StringBuilder();
    try {
      CodedInputStream in = CodedInputStream.newInstance(body);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        fields.append(WireFormat.getTagFieldNumber(tag)).append(' ');
        in.skipField(tag);
      }
    } catch (IOException e) {
      fields.append(e.getMessage());
    }
    return fields.toString();
  }
}
