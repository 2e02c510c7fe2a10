package dev.skald.storage.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesystemStoreTest extends ObjectStoreContract {
  @TempDir Path directory;

  @BeforeEach
  void open() throws IOException {
    store = new FilesystemStore(directory.resolve("objects"));
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

  @Test
  void refusesNamesOfUnfinishedFiles() {
    assertThatThrownBy(() -> store.put("a.tmp", chunks("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
