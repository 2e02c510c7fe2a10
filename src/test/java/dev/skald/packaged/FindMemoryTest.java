package dev.skald.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/find-memory} reads the limit wherever engines and systemd write it. */
final class FindMemoryTest {
  private static final long GB = 1L << 30;
  private static final String NONE_V1 = "9223372036854771712";

  @TempDir Path root;

  @BeforeEach
  void aMachineWith8Gb() throws IOException {
    write("proc/meminfo", "MemTotal:        8388608 kB\nMemFree:         1 kB\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private long found() throws Exception {
    String text = Shell.expectSuccess(Image.PROJECT, "bin/find-memory", root.toString());
    return Long.parseLong(text.strip());
  }

  @Test
  void countsWithAGigabyteWhereNothingIsLimited() throws Exception {
    assertThat(found()).isEqualTo(GB);
    write("proc/self/cgroup", "0::/\n");
    assertThat(found()).isEqualTo(GB);
  }

  @Test
  void readsTheLimitOfAContainerWithVersion2() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "314572800\n");
    assertThat(found()).isEqualTo(314_572_800);
  }

  @Test
  void takesTheSmallestLimitOfTheGroupsAbove() throws Exception {
    write("proc/self/cgroup", "0::/system.slice/skald.service\n");
    write("sys/fs/cgroup/system.slice/skald.service/memory.max", "max\n");
    write("sys/fs/cgroup/system.slice/memory.max", "2147483648\n");
    assertThat(found()).isEqualTo(2 * GB);
    write("sys/fs/cgroup/system.slice/skald.service/memory.max", "268435456\n");
    assertThat(found()).isEqualTo(GB / 4);
  }

  @Test
  void readsVersion1WhereThePathIsTheHosts() throws Exception {
    write("proc/self/cgroup", "5:cpu:/x\n4:hugetlb,memory:/kubepods/pod1\n1:name=systemd:/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
    assertThat(found()).isEqualTo(GB / 2);
  }

  @Test
  void knowsThatVersion1HasNoLimit() throws Exception {
    write("proc/self/cgroup", "4:memory:/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", NONE_V1 + "\n");
    assertThat(found()).isEqualTo(GB);
  }

  @Test
  void neverCountsWithMoreThanTheMachineHas() throws Exception {
    write("proc/meminfo", "MemTotal:         500000 kB\n");
    assertThat(found()).isEqualTo(512_000_000);
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "4294967296\n");
    assertThat(found()).isEqualTo(512_000_000);
  }
}
