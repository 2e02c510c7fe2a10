package dev.skald.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short soak with seeds that stay; {@code bin/soak-storage} runs longer ones. */
final class StorageSoakTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyAcknowledgedLineIsThereExactlyOnce(long seed) throws Exception {
    StorageSoak.Account account = StorageSoak.round(seed, 150);
    assertThat(account.entries()).isGreaterThan(account.gone());
  }
}
