package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpPatternTest {
  private static boolean find(String pattern, String text) {
    byte[] bytes = Bytes.utf8(text);
    return IpPattern.parse(pattern).find(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.0.1, at 192.168.0.1 now",
    "192.168.0.0/16, x 192.168.255.255",
    "10.0.0.1-10.0.0.9, 10.0.0.5",
    "::1/128, ::0001",
    "2001:db8::/32, from 2001:db8:0:1::2 to",
    "2001:db8::1-2001:db8::ff, 2001:db8::10",
    "::ffff:1.2.3.4, x ::ffff:1.2.3.4",
    "0.0.0.0/0, 9.9.9.9",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "fe80::/10, fe80::1:2",
  })
  void findsContainedAddresses(String pattern, String text) {
    assertThat(find(pattern, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.0.1, 192.168.0.1.",
    "1.2.3.4, 001.2.3.4",
    "1.2.3.4, 1.2.3.4.5",
    "1.2.3.4, id:1.2.3.4",
    "::1, ::1",
    "1.2.3.4, ::ffff:1.2.3.4",
    "10.0.0.1-10.0.0.9, 10.0.0.10",
    "192.168.0.0/24, 192.168.1.0",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7",
  })
  void passesOverOthers(String pattern, String text) {
    assertThat(find(pattern, text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz",
        "1.2.3",
        "1.2.3.4/33",
        "1.2.3.4/-1",
        "5.5.5.5-1.1.1.1",
        "1::2::3",
        "::/129",
        ""
      })
  void rejectsWhatIsNoPattern(String pattern) {
    assertThatThrownBy(() -> IpPattern.parse(pattern))
        .hasMessage("ip: invalid pattern: \"" + pattern + "\"");
  }

  @Test
  void expandsTheGapOfAnAddress() {
    assertThat(IpAddress.parse("1::")).isEqualTo(new IpAddress(true, 1L << 48, 0, ""));
    assertThat(IpAddress.parse("::2")).isEqualTo(new IpAddress(true, 0, 2, ""));
    assertThat(IpAddress.parse("1:2:3:4:5::8"))
        .isEqualTo(new IpAddress(true, 0x0001_0002_0003_0004L, 0x0005_0000_0000_0008L, ""));
    assertThat(IpAddress.parse("::")).isEqualTo(new IpAddress(true, 0, 0, ""));
    assertThat(IpAddress.parse("fe80::1%eth0"))
        .isEqualTo(new IpAddress(true, 0xfe80L << 48, 1, "eth0"));
  }
}
