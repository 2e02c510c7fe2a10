package dev.skald.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.FormatPage;
import dev.skald.storage.catalog.LogId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogIdFileTest {
  private static final LogId ID = new LogId(0x1122334455667788L, 0x99aabbccddeeff00L);

  @TempDir Path directory;

  @Test
  void writesAndReadsTheExampleOfTheFormatPage() throws IOException {
    byte[] example = new FormatPage("wal.md").example("id");
    assertThat(LogIdFile.encode(ID)).isEqualTo(example);
    assertThat(LogIdFile.decode(example)).contains(ID);
    assertThat(ID).hasToString("112233445566778899aabbccddeeff00");
  }

  @Test
  void aDirectoryKeepsItsId() throws IOException {
    LogId first;
    try (WalDirectory logs = WalDirectory.open(directory)) {
      first = logs.id();
      assertThat(new NoWal(logs).id()).isEqualTo(first);
    }
    try (WalDirectory logs = WalDirectory.open(directory)) {
      assertThat(logs.id()).isEqualTo(first);
      assertThat(logs.numbers()).isEmpty();
    }
    assertThat(new NoWal().id()).isNotEqualTo(first).isNotEqualTo(new NoWal().id());
  }

  @Test
  void anIdThatIsBadAtAnyByteIsPutAsideForANewOne() throws IOException {
    byte[] good = LogIdFile.encode(ID);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      checkPutAside(bad);
      checkPutAside(Arrays.copyOf(good, at));
    }
  }

  private void checkPutAside(byte[] bad) throws IOException {
    Files.write(directory.resolve(LogIdFile.NAME), bad);
    LogId made = LogIdFile.readOrMake(directory);
    assertThat(made).isNotEqualTo(ID).isEqualTo(LogIdFile.readOrMake(directory));
    assertThat(Files.readAllBytes(directory.resolve("wal.id.corrupt"))).isEqualTo(bad);
  }
}
