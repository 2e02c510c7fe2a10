package dev.skald.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.skald.ruler.http.Receiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xerial.snappy.Snappy;

/** Answers 200 to everything and remembers the samples. */
final class RecordingStore implements MetricStore {
  private static final long STALE = 0x7ff0000000000002L;

  private record Sample(String metric, long time, long bits) {}

  private final List<Receiver> earlier = new ArrayList<>();
  private Receiver receiver;
  private int port;

  @Override
  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/api/v1/write");
  }

  @Override
  public void start() {
    try {
      receiver = new Receiver(port);
      port = receiver.port();
      earlier.add(receiver);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    receiver.close();
  }

  private List<Sample> samples(String metric) {
    List<Sample> samples = new ArrayList<>();
    for (Receiver one : earlier) {
      one.received().forEach(request -> decode(request.body(), samples));
    }
    return samples.stream().filter(sample -> sample.metric.equals(metric)).toList();
  }

  private static void decode(byte[] body, List<Sample> samples) {
    try {
      UnknownFieldSet request = UnknownFieldSet.parseFrom(Snappy.uncompress(body));
      for (UnknownFieldSet series : messages(request, 1)) {
        String metric =
            messages(series, 1).stream()
                .filter(label -> text(label, 1).equals("__name__"))
                .map(label -> text(label, 2))
                .findFirst()
                .orElseThrow();
        for (UnknownFieldSet sample : messages(series, 2)) {
          long time = sample.getField(2).getVarintList().getFirst();
          long bits = sample.getField(1).getFixed64List().getFirst();
          samples.add(new Sample(metric, time, bits));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field)
      throws InvalidProtocolBufferException {
    List<UnknownFieldSet> all = new ArrayList<>();
    for (var bytes : message.getField(field).getLengthDelimitedList()) {
      all.add(UnknownFieldSet.parseFrom(bytes));
    }
    return all;
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
  }

  @Override
  public Optional<Double> now(String metric) {
    return samples(metric).stream()
        .reduce((a, b) -> b)
        .filter(last -> last.bits != STALE)
        .map(last -> Double.longBitsToDouble(last.bits));
  }

  @Override
  public List<Long> times(String metric) {
    return samples(metric).stream()
        .filter(sample -> sample.bits != STALE)
        .map(Sample::time)
        .toList();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
