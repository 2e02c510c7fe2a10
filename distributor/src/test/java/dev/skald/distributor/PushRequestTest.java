package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PushRequestTest {
  private static String text(PushRequest request, int start, int length) {
    return new String(request.bytes(), start, length, StandardCharsets.UTF_8);
  }

  private static String line(PushRequest request, int entry) {
    return text(request, request.lineStart(entry), request.lineLength(entry));
  }

  private static String pair(PushRequest request, int pair) {
    PushPairs pairs = request.pairs();
    return text(request, pairs.nameStart(pair), pairs.nameLength(pair))
        + "="
        + text(request, pairs.valueStart(pair), pairs.valueLength(pair));
  }

  @Test
  void givesBackWhatItWasGiven() {
    Pushes push = Pushes.request();
    for (int stream = 0; stream < 40; stream++) {
      push.stream("{s=\"" + stream + "\"}");
      for (int entry = 0; entry < stream; entry++) {
        push.entry(entry, stream + "/" + entry, "a", "1" + entry, "b", "2" + entry);
      }
    }
    PushRequest request = push.build();
    assertThat(request.streams()).isEqualTo(40);
    assertThat(request.entries()).isEqualTo(780);
    for (int stream = 0; stream < 40; stream++) {
      assertThat(request.labels(stream)).isEqualTo(Pushes.utf8("{s=\"" + stream + "\"}"));
      int first = request.firstEntry(stream);
      assertThat(request.firstEntry(stream + 1) - first).isEqualTo(stream);
      for (int entry = 0; entry < stream; entry++) {
        assertThat(request.timestamp(first + entry)).isEqualTo(entry);
        assertThat(line(request, first + entry)).isEqualTo(stream + "/" + entry);
        int pair = request.firstPair(first + entry);
        assertThat(request.endPair(first + entry)).isEqualTo(pair + 2);
        assertThat(pair(request, pair)).isEqualTo("a=1" + entry);
        assertThat(pair(request, pair + 1)).isEqualTo("b=2" + entry);
      }
    }
  }

  @Test
  void pointsIntoTheBodyUntilTextIsAdded() {
    byte[] body = Pushes.utf8("a line");
    PushRequest request = new PushRequest(body, body.length);
    request.stream(Pushes.utf8("{}"));
    request.entry(1, 2, 4);
    assertThat(request.bytes()).isSameAs(body);
    byte[] more = Pushes.utf8("more text than there is room for");
    int at = request.append(more, 5, 4);
    assertThat(text(request, at, 4)).isEqualTo("text");
    assertThat(line(request, 0)).isEqualTo("line");
  }

  @Test
  void letsLabelsFollowTheirEntries() {
    PushRequest request = Pushes.request().stream("{}").entry(1, "x").build();
    request.labels(Pushes.utf8("{a=\"b\"}"));
    assertThat(request.labels(0)).isEqualTo(Pushes.utf8("{a=\"b\"}"));
  }

  @Test
  void amendsTheNewestEntry() {
    PushRequest request = Pushes.request().stream("{}").entry(1, "xyz").entry(2, "abc").build();
    request.amendEntry(9, request.lineStart(1) + 1, 2);
    assertThat(request.timestamp(0)).isEqualTo(1);
    assertThat(request.timestamp(1)).isEqualTo(9);
    assertThat(line(request, 1)).isEqualTo("bc");
  }

  @Test
  void leavesOutPairsWithoutAValue() {
    PushRequest request = Pushes.request().stream("{}").entry(1, "x", "a", "", "b", "c").build();
    assertThat(request.endPair(0) - request.firstPair(0)).isEqualTo(1);
  }

  @Test
  void addsUpTheGroupsOfAStream() {
    PushRequest request = new PushRequest(Pushes.utf8("abcdef"), 6);
    int resource = request.beginGroup(PushPairs.NO_GROUP);
    request.metadata(0, 1, 1, 1);
    request.metadata(0, 2, 1, 3);
    int scope = request.beginGroup(resource);
    request.metadata(2, 1, 3, 1);
    request.stream(Pushes.utf8("{}"), scope);
    request.entry(0, 0, 0);
    request.metadata(4, 1, 5, 1);
    PushPairs pairs = request.pairs();
    assertThat(request.groupOf(0)).isEqualTo(scope);
    assertThat(pairs.parent(scope)).isEqualTo(resource);
    assertThat(pairs.groupPairs(resource)).isEqualTo(2);
    assertThat(pairs.groupPairs(scope)).isEqualTo(3);
    assertThat(pairs.groupBytes(resource)).isEqualTo(7);
    assertThat(pairs.groupBytes(scope)).isEqualTo(9);
    assertThat(pairs.groupFirst(scope)).isEqualTo(2);
    assertThat(pairs.groupEnd(scope)).isEqualTo(3);
    assertThat(request.firstPair(0)).isEqualTo(3);
    assertThat(request.endPair(0)).isEqualTo(4);
  }

  @Test
  void asksForMemoryBeforeItGrows() {
    List<Long> taken = new ArrayList<>();
    PushRequest request = new PushRequest(new byte[0], 0, taken::add);
    request.stream(Pushes.utf8("{}"));
    assertThat(taken).isNotEmpty();
    for (int i = 0; i < 100_000; i++) {
      request.entry(i, 0, 0);
    }
    assertThat(sum(taken)).isGreaterThan(64 * 99_000);
    taken.clear();
    for (int i = 0; i < 10_000; i++) {
      request.metadata(0, 1, 0, 1);
      request.stream(Pushes.utf8("{}"));
      request.entry(i, 0, 0);
    }
    assertThat(sum(taken)).isGreaterThan(10_000 * (128 + 16));
    taken.clear();
    request.labels(new byte[100_000]);
    request.append(new byte[50_000], 0, 50_000);
    assertThat(sum(taken)).isGreaterThan(3_000_000);
  }

  private static long sum(List<Long> taken) {
    return taken.stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void addsNothingWhereThereIsNoMemory() {
    PushRoom full =
        bytes -> {
          throw new PushRoom.Exceeded();
        };
    PushRequest request = new PushRequest(new byte[0], 0, full);
    assertThatThrownBy(() -> request.stream(Pushes.utf8("{}"))).hasMessageContaining("memory");
    assertThat(request.streams()).isZero();
  }
}
