package dev.skald.logql.regex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class ByteSearchTest {
  @Test
  void findsNothingOutsideTheRange() {
    byte[] text = "xxabcxx".getBytes(US_ASCII);
    ByteSearch search = ByteSearch.of("abc".getBytes(US_ASCII));
    assertThat(search.indexOf(text, 0, 7)).isEqualTo(2);
    assertThat(search.indexOf(text, 2, 5)).isEqualTo(2);
    assertThat(search.indexOf(text, 3, 7)).isEqualTo(-1);
    assertThat(search.indexOf(text, 0, 4)).isEqualTo(-1);
    assertThat(search.indexOf(text, 5, 2)).isEqualTo(-1);
  }

  @Test
  void theEmptySequenceIsEverywhere() {
    ByteSearch search = ByteSearch.of(new byte[0]);
    assertThat(search.indexOf(new byte[3], 1, 3)).isEqualTo(1);
    assertThat(search.indexOf(new byte[3], 3, 3)).isEqualTo(3);
  }

  @Test
  void caseIsIgnoredForAsciiLettersAlone() {
    ByteSearch search = ByteSearch.ignoringAsciiCase("É@Az[".getBytes(UTF_8));
    assertThat(search.isIn("..É@aZ[..".getBytes(UTF_8), 0, 10)).isTrue();
    assertThat(search.isIn("..é@aZ[..".getBytes(UTF_8), 0, 10)).isFalse();
    assertThat(search.isIn("..É`aZ[..".getBytes(UTF_8), 0, 10)).isFalse();
    assertThat(search.isIn("..É@aZ{..".getBytes(UTF_8), 0, 10)).isFalse();
  }

  @Property(tries = 2000)
  void agreesWithTheSearchInStrings(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 60) String text,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 5) String needle,
      @ForAll @IntRange(max = 60) int from) {
    int begin = Math.min(from, text.length());
    byte[] bytes = text.getBytes(US_ASCII);
    int expected = text.indexOf(needle, begin);
    assertThat(ByteSearch.of(needle.getBytes(US_ASCII)).indexOf(bytes, begin, bytes.length))
        .isEqualTo(expected);
    byte[] upper = text.toUpperCase(Locale.ROOT).getBytes(US_ASCII);
    ByteSearch folded = ByteSearch.ignoringAsciiCase(needle.getBytes(US_ASCII));
    assertThat(folded.indexOf(upper, begin, upper.length)).isEqualTo(expected);
  }

  @Property(tries = 1000)
  void agreesWithTheSearchInStringsOnAnyByte(
      @ForAll @StringLength(max = 40) String text, @ForAll @StringLength(max = 3) String needle) {
    byte[] bytes = (text + needle + text).getBytes(UTF_8);
    byte[] wanted = needle.getBytes(UTF_8);
    String latin = new String(bytes, ISO_8859_1);
    String latinNeedle = new String(wanted, ISO_8859_1);
    assertThat(ByteSearch.of(wanted).indexOf(bytes, 0, bytes.length))
        .isEqualTo(latin.indexOf(latinNeedle));
  }
}
