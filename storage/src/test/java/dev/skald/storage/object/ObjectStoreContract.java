package dev.skald.storage.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} promises. */
abstract class ObjectStoreContract {
  /** An empty store. */
  ObjectStore store;

  static List<ByteBuffer> chunks(String... texts) {
    return List.of(texts).stream().map(text -> ByteBuffer.wrap(text.getBytes(UTF_8))).toList();
  }

  @Test
  void readsRangesOfWhatWasPut() throws IOException {
    store.put("a/b/c.seg", chunks("hello", "", " world"));
    assertThat(store.size("a/b/c.seg")).isEqualTo(11);
    assertThat(store.get("a/b/c.seg", 0, 11)).isEqualTo("hello world".getBytes(UTF_8));
    assertThat(store.get("a/b/c.seg", 4, 3)).isEqualTo("o w".getBytes(UTF_8));
    assertThat(store.get("a/b/c.seg", 11, 0)).isEmpty();
  }

  @Test
  void leavesThePositionsOfChunksWhereTheyAre() throws IOException {
    ByteBuffer chunk = ByteBuffer.wrap("abcdef".getBytes(UTF_8)).position(1).limit(4);
    store.put("a", List.of(chunk, chunk));
    store.putIfAbsent("b", List.of(chunk));
    assertThat(chunk.position()).isEqualTo(1);
    assertThat(chunk.limit()).isEqualTo(4);
    assertThat(store.get("a", 0, 6)).isEqualTo("bcdbcd".getBytes(UTF_8));
    assertThat(store.get("b", 0, 3)).isEqualTo("bcd".getBytes(UTF_8));
  }

  @Test
  void keepsObjectsOfSeveralMegabytes() throws IOException {
    byte[] content = new byte[5_000_000];
    new Random(7).nextBytes(content);
    store.putIfAbsent(
        "large",
        List.of(
            ByteBuffer.wrap(content, 0, 3_000_000),
            ByteBuffer.wrap(content, 3_000_000, 2_000_000).slice()));
    assertThat(store.get("large", 0, content.length)).isEqualTo(content);
  }

  @Test
  void keepsObjectsOfNoBytes() throws IOException {
    store.put("empty", List.of());
    assertThat(store.size("empty")).isZero();
    assertThat(store.get("empty", 0, 0)).isEmpty();
    assertThatThrownBy(() -> store.get("empty", 0, 1)).isInstanceOf(EOFException.class);
  }

  @Test
  void putReplacesAnObject() throws IOException {
    store.put("a", chunks("old and long"));
    store.put("a", chunks("new"));
    assertThat(store.size("a")).isEqualTo(3);
  }

  @Test
  void putIfAbsentKeepsTheFirstObject() throws IOException {
    store.putIfAbsent("a/b", chunks("first"));
    assertThatThrownBy(() -> store.putIfAbsent("a/b", chunks("second")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(store.get("a/b", 0, 5)).isEqualTo("first".getBytes(UTF_8));
    assertThat(store.list("")).containsExactly("a/b");
  }

  @Test
  void oneOfManyWritersWinsAKey() throws Exception {
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 5; round++) {
        String key = "round/" + round;
        List<Callable<String>> attempts = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
          String content = "writer " + writer;
          attempts.add(() -> attempt(key, content));
        }
        List<String> winners = new ArrayList<>();
        for (Future<String> attempt : writers.invokeAll(attempts)) {
          winners.add(attempt.get());
        }
        winners.removeAll(Collections.singleton(""));
        assertThat(winners).hasSize(1);
        assertThat(store.get(key, 0, 8)).isEqualTo(winners.getFirst().getBytes(UTF_8));
      }
    }
  }

  private String attempt(String key, String content) throws IOException {
    try {
      store.putIfAbsent(key, chunks(content));
      return content;
    } catch (FileAlreadyExistsException taken) {
      return "";
    }
  }

  @Test
  void listsByAnyPrefixInOrder() throws IOException {
    for (String key : List.of("b/2", "a/2", "a/10", "ab", "a/x/y")) {
      store.put(key, chunks("."));
    }
    assertThat(store.list("")).containsExactly("a/10", "a/2", "a/x/y", "ab", "b/2");
    assertThat(store.list("a/")).containsExactly("a/10", "a/2", "a/x/y");
    assertThat(store.list("a/1")).containsExactly("a/10");
    assertThat(store.list("nothing/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "segments/!-_.*'()/20413/1.seg",
        "a b/c+d",
        "a%2Fb",
        "grün/ß",
        "q?x=1&y#z",
        "x\"<>y",
        "~tilde",
        "a:b@c,d;e$f"
      })
  void namesOfManyKindsAreKeys(String key) throws IOException {
    store.putIfAbsent(key, chunks("content"));
    assertThat(store.list("")).containsExactly(key);
    assertThat(store.list(key)).containsExactly(key);
    assertThat(store.size(key)).isEqualTo(7);
    assertThat(store.get(key, 3, 4)).isEqualTo("tent".getBytes(UTF_8));
    store.delete(key);
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void deletesWhatIsThereAndToleratesWhatIsNot() throws IOException {
    store.put("a", chunks("."));
    store.delete("a");
    store.delete("a");
    assertThat(store.list("")).isEmpty();
    assertThatThrownBy(() -> store.size("a")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.get("a", 0, 1)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.get("a", 0, 0)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aDeletedKeyIsFreeAgain() throws IOException {
    store.putIfAbsent("a", chunks("one"));
    store.delete("a");
    store.putIfAbsent("a", chunks("two"));
    assertThat(store.get("a", 0, 3)).isEqualTo("two".getBytes(UTF_8));
  }

  @Test
  void saysThatARangeGoesPastTheEnd() throws IOException {
    store.put("a", chunks("abc"));
    assertThatThrownBy(() -> store.get("a", 1, 3)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> store.get("a", 3, 1)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> store.get("a", 4, 0)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> store.get("a", 9, Integer.MAX_VALUE - 8))
        .isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/etc", "a//b", "../a", "a/..", "a/./b", "a\\b", "a\0"})
  void refusesKeysThatAreNoPlainPath(String key) {
    assertThatThrownBy(() -> store.put(key, chunks("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.get(key, 0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
