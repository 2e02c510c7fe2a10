package dev.skald.storage.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilesystemStoreTest {
  @TempDir Path directory;
  private FilesystemStore store;

  @BeforeEach
  void open() throws IOException {
    store = new FilesystemStore(directory.resolve("objects"));
  }

  private static List<ByteBuffer> chunks(String... texts) {
    return List.of(texts).stream().map(text -> ByteBuffer.wrap(text.getBytes(UTF_8))).toList();
  }

  @Test
  void readsRangesOfWhatWasPut() throws IOException {
    store.put("a/b/c.seg", chunks("hello", "", " world"));
    assertThat(store.size("a/b/c.seg")).isEqualTo(11);
    assertThat(store.get("a/b/c.seg", 4, 3)).isEqualTo("o w".getBytes(UTF_8));
    assertThat(store.get("a/b/c.seg", 11, 0)).isEmpty();
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
  void listsByAnyPrefixInOrder() throws IOException {
    for (String key : List.of("b/2", "a/2", "a/10", "ab", "a/x/y")) {
      store.put(key, chunks("."));
    }
    assertThat(store.list("")).containsExactly("a/10", "a/2", "a/x/y", "ab", "b/2");
    assertThat(store.list("a/")).containsExactly("a/10", "a/2", "a/x/y");
    assertThat(store.list("a/1")).containsExactly("a/10");
    assertThat(store.list("nothing/")).isEmpty();
  }

  @Test
  void deletesWhatIsThereAndToleratesWhatIsNot() throws IOException {
    store.put("a", chunks("."));
    store.delete("a");
    store.delete("a");
    assertThat(store.list("")).isEmpty();
    assertThatThrownBy(() -> store.size("a")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.get("a", 0, 1)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void saysThatARangeGoesPastTheEnd() throws IOException {
    store.put("a", chunks("abc"));
    assertThatThrownBy(() -> store.get("a", 1, 3)).isInstanceOf(EOFException.class);
  }

  @Test
  void removesUnfinishedFilesOfAnEarlierProcess() throws IOException {
    store.put("a/b", chunks("."));
    Path unfinished = Files.writeString(directory.resolve("objects/a/half.tmp"), "half");
    FilesystemStore again = new FilesystemStore(directory.resolve("objects"));
    assertThat(again.list("")).containsExactly("a/b");
    assertThat(unfinished).exists();
    again.removeUnfinished();
    assertThat(unfinished).doesNotExist();
    assertThat(again.list("")).containsExactly("a/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/etc", "a//b", "../a", "a/..", "a/./b", "a\\b", "a\0", "a.tmp"})
  void refusesKeysThatAreNoPlainPath(String key) {
    assertThatThrownBy(() -> store.put(key, chunks("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
