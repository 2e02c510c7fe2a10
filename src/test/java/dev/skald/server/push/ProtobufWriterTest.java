package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import org.junit.jupiter.api.Test;

final class ProtobufWriterTest {
  @Test
  void writesWhatProtobufReads() throws Exception {
    ProtobufWriter out = new ProtobufWriter(0);
    out.varint(1, -1);
    out.fixed64(2, Long.MIN_VALUE);
    out.fixed32(3, -2);
    int outer = out.begin(4);
    int inner = out.begin(5);
    byte[] text = "x".repeat(1000).getBytes(UTF_8);
    out.bytes(6, text, 0, text.length);
    out.end(inner);
    out.end(outer);
    UnknownFieldSet read = UnknownFieldSet.parseFrom(out.toByteArray());
    assertThat(read.getField(1).getVarintList()).containsExactly(-1L);
    assertThat(read.getField(2).getFixed64List()).containsExactly(Long.MIN_VALUE);
    assertThat(read.getField(3).getFixed32List()).containsExactly(-2);
    UnknownFieldSet nested =
        UnknownFieldSet.parseFrom(read.getField(4).getLengthDelimitedList().getFirst());
    UnknownFieldSet innermost =
        UnknownFieldSet.parseFrom(nested.getField(5).getLengthDelimitedList().getFirst());
    assertThat(innermost.getField(6).getLengthDelimitedList().getFirst().toByteArray())
        .isEqualTo(text);
  }

  @Test
  void writesAnEmptyMessage() {
    assertThat(new ProtobufWriter(0).toByteArray()).isEmpty();
  }
}
