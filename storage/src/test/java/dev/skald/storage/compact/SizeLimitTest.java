package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.CatalogSnapshot;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SizeLimitTest {
  @TempDir Path directory;
  private Storage storage;

  @BeforeEach
  void open() throws IOException {
    storage =
        Storage.open(
            StorageOptions.in(directory),
            new MemoryStore(),
            new Storage.Writer(new LogId(1, 1), () -> Instant.EPOCH));
    storage
        .catalog()
        .commit(
            CatalogEdit.builder()
                .add(segment(1, "a", 40, 300))
                .add(segment(2, "b", 30, 100))
                .add(segment(3, "a", 20, 200))
                .build());
  }

  @AfterEach
  void close() throws IOException {
    storage.close();
  }

  private static SegmentEntry segment(long number, String tenant, long bytes, long maxTime) {
    String key = "segments/" + tenant + "/0/" + number + ".seg";
    return new SegmentEntry(
        number, tenant, 0, 0, key, bytes, 1, 1, 1, 0, maxTime, OptionalLong.empty());
  }

  private CatalogSnapshot catalog() {
    return storage.catalog().snapshot();
  }

  private List<Long> excess(SizeLimit limit) throws IOException {
    return limit.excess(catalog()).stream().map(SegmentEntry::number).toList();
  }

  private static SizeLimit bytes(long most) {
    return new SizeLimit(most, 0, SizeLimit.NONE.volume());
  }

  private static SizeLimit percent(double most, long used, long capacity) {
    return new SizeLimit(0, most, () -> new SizeLimit.Usage(used, capacity));
  }

  @Test
  void removesTheOldestOfAllTenantsUntilTheRestFits() throws IOException {
    assertThat(excess(bytes(90))).isEmpty();
    assertThat(excess(bytes(89))).containsExactly(2L);
    assertThat(excess(bytes(60))).containsExactly(2L);
    assertThat(excess(bytes(59))).containsExactly(2L, 3L);
    assertThat(excess(bytes(1))).containsExactly(2L, 3L, 1L);
  }

  @Test
  void withoutALimitNothingHasToGo() throws IOException {
    assertThat(SizeLimit.NONE.isSet()).isFalse();
    assertThat(excess(SizeLimit.NONE)).isEmpty();
  }

  @Test
  void keepsTheVolumeBelowItsShare() throws IOException {
    assertThat(excess(percent(80, 800, 1000))).isEmpty();
    assertThat(excess(percent(80, 801, 1000))).containsExactly(2L);
    assertThat(excess(percent(80, 831, 1000))).containsExactly(2L, 3L);
  }

  @Test
  void whatWillBeFreeSoonIsNoReasonToRemoveMore() throws IOException {
    storage
        .catalog()
        .commit(
            CatalogEdit.builder()
                .remove(segment(2, "b", 30, 100), Instant.EPOCH, Duration.ofMinutes(1))
                .build());
    assertThat(excess(percent(80, 830, 1000))).isEmpty();
    assertThat(excess(percent(80, 831, 1000))).containsExactly(3L);
  }

  @Test
  void removesNothingWhereThatWouldNotHelp() throws IOException {
    assertThat(excess(percent(80, 990, 1000))).isEmpty();
  }

  @Test
  void bothLimitsHold() throws IOException {
    SizeLimit both = new SizeLimit(60, 80, () -> new SizeLimit.Usage(831, 1000));
    assertThat(excess(both)).containsExactly(2L, 3L);
  }

  @Test
  void readsTheVolumeOfADirectory() throws IOException {
    SizeLimit.Usage usage = new DirectoryVolume(directory).usage();
    assertThat(usage.capacity()).isPositive();
    assertThat(usage.used()).isBetween(0L, usage.capacity());
  }
}
