package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ByteSizesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "5B; 5",
        "5; 5",
        "5 kB; 5000",
        "5Kb; 5000",
        "1,024; 1024",
        ".5kB; 500",
        "5Ki; 5120",
        "5KiB; 5120",
        "1.5MB; 1500000",
        "1EiB; 1152921504606846976",
        "0.5B; 0"
      })
  void readsSizes(String text, long bytes) {
    assertThat(ByteSizes.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1e3; unhandled size name: e3",
        "5xb; unhandled size name: xb",
        "''; strconv.ParseFloat: parsing \"\": invalid syntax",
        "-5; strconv.ParseFloat: parsing \"\": invalid syntax",
        "16EiB; too large: 16EiB"
      })
  void saysWhyItIsNoSize(String text, String message) {
    assertThatThrownBy(() -> ByteSizes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B, 0.0B",
    "9, 9B, 9B",
    "500, 500B, 500B",
    "1000, 1.0kB, 1.0kB",
    "1024, 1.0kB, 1024B",
    "1500, 1.5kB, 1.5kB",
    "1048576, 1.0MB, 1048576B",
    "15000000, 15MB, 15MB",
    "999000000000000, 999TB, 999TB",
    "1000000000000000, 1.0PB, 1000000000000000B",
    "-1, 18EB, 18446744073709551615B"
  })
  void printsSizes(long bytes, String rounded, String exact) {
    assertThat(ByteSizes.print(bytes)).isEqualTo(rounded);
    assertThat(ByteSizes.printExact(bytes)).isEqualTo(exact);
  }

  @Property(tries = 500)
  void readsBackWhatItPrintsExactly(@ForAll int bytes) {
    long size = Integer.toUnsignedLong(bytes);
    assertThat(ByteSizes.parse(ByteSizes.printExact(size))).isEqualTo(size);
  }
}
