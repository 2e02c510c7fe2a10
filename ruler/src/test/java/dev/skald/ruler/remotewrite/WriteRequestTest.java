package dev.skald.ruler.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.ruler.evaluate.RecordedSample;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class WriteRequestTest {
  private static final Labels A = Labels.of("__name__", "a", "app", "wéb");
  private static final Labels B = Labels.of("__name__", "b");

  @Test
  void putsTheSamplesOfASeriesTogether() {
    byte[] request =
        WriteRequest.encode(
            List.of(
                new RecordedSample(A, 1000, 1.5),
                new RecordedSample(B, 1000, Double.POSITIVE_INFINITY),
                new RecordedSample(A, 2000, -0.0)));

    assertThat(DecodedRequest.of(request))
        .containsExactly(
            new RecordedSample(A, 1000, 1.5),
            new RecordedSample(A, 2000, -0.0),
            new RecordedSample(B, 1000, Double.POSITIVE_INFINITY));
  }

  @Test
  void keepsTheBitsThatSayThatASeriesHasEnded() {
    byte[] request = WriteRequest.encode(List.of(new RecordedSample(B, 1, RecordedSample.STALE)));

    RecordedSample read = DecodedRequest.of(request).getFirst();

    assertThat(Double.doubleToRawLongBits(read.value())).isEqualTo(0x7ff0000000000002L);
  }

  @Test
  void sortsLabelsAsReceiversWant() {
    Labels labels = Labels.of("b", "1", "__name__", "m", "Z", "2");

    String bytes =
        new String(
            WriteRequest.encode(List.of(new RecordedSample(labels, 1, 1))),
            java.nio.charset.StandardCharsets.ISO_8859_1);

    assertThat(bytes.indexOf("Z")).isLessThan(bytes.indexOf("__name__"));
    assertThat(bytes.indexOf("__name__")).isLessThan(bytes.indexOf("b"));
  }

  @Test
  void twoMessagesInARowAreOne() {
    byte[] first = WriteRequest.encode(List.of(new RecordedSample(A, 1, 1)));
    byte[] second = WriteRequest.encode(List.of(new RecordedSample(B, 2, 2)));
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    assertThat(DecodedRequest.of(both)).hasSize(2);
  }

  @Property(tries = 200)
  void readsBackWhatWasWritten(
      @ForAll List<Double> values, @ForAll long time, @ForAll String text) {
    List<RecordedSample> samples = new ArrayList<>();
    String plain =
        new String(
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8);
    for (double value : values) {
      samples.add(new RecordedSample(Labels.of("x", plain), time, value));
    }

    assertThat(DecodedRequest.of(WriteRequest.encode(samples))).isEqualTo(samples);
  }
}
