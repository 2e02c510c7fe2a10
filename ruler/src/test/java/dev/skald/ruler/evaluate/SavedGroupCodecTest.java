package dev.skald.ruler.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.status.AlertState;
import dev.skald.storage.FormatPage;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.bytes.LittleEndian;
import dev.skald.storage.object.CorruptDataException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SavedGroupCodecTest {
  private static final RuleGroup.Key KEY = new RuleGroup.Key("t", "a.yaml", "g");

  private static Instant at(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  /** The example of the page. */
  private static SavedGroup example() {
    AlertLife life =
        new AlertLife(
            AlertState.FIRING, at(1000), Optional.of(at(3000)), Optional.empty(), Optional.empty());
    TrackedAlert alert =
        new TrackedAlert(Labels.of("alertname", "Up"), Map.of("s", "5"), 5, life, Instant.MIN);
    SavedRule.Identity identity = new SavedRule.Identity("Up", Map.of("k", "v"));
    return new SavedGroup(KEY, at(4000), List.of(new SavedRule(identity, List.of(alert))));
  }

  private static SavedGroup large() {
    AlertLife resolved =
        new AlertLife(
            AlertState.INACTIVE,
            Instant.parse("2026-11-23T12:00:00.123456789Z"),
            Optional.of(at(-5)),
            Optional.of(at(Long.MAX_VALUE)),
            Optional.of(at(7)));
    AlertLife pending = AlertLife.begin(at(0));
    TrackedAlert one =
        new TrackedAlert(
            Labels.of("alertname", "ä", "b", ""), Map.of(), Double.NaN, resolved, Instant.MIN);
    TrackedAlert two =
        new TrackedAlert(
            Labels.of("x", "y"), Map.of("a", "b", "c", "d"), -0.0, pending, Instant.MIN);
    return new SavedGroup(
        KEY,
        at(1),
        List.of(
            new SavedRule(new SavedRule.Identity("A", Map.of()), List.of(one, two)),
            new SavedRule(new SavedRule.Identity("", Map.of("l", "m")), List.of())));
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (SavedGroup group : List.of(example(), large(), new SavedGroup(KEY, at(0), List.of()))) {
      assertThat(SavedGroupCodec.decode("x", SavedGroupCodec.encode(group))).isEqualTo(group);
    }
  }

  @Test
  void theExampleOfThePageIsWhatIsWritten() throws IOException {
    byte[] page = new FormatPage("alerts.md").example("alerts");

    assertThat(SavedGroupCodec.decode("x", page)).isEqualTo(example());
    assertThat(page).isEqualTo(SavedGroupCodec.encode(example()));
  }

  @Test
  void aCutIsFoundWhereverItIs() {
    byte[] whole = SavedGroupCodec.encode(large());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> SavedGroupCodec.decode("x", cut))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void aFlippedBitIsFoundWhereverItIs() {
    byte[] whole = SavedGroupCodec.encode(example());
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> SavedGroupCodec.decode("x", flipped))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void badBytesWithAGoodChecksumAreRefusedOrRead() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = SavedGroupCodec.encode(large());
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[16 + random.nextInt(bytes.length - 20)] = (byte) random.nextInt(256);
      }
      LittleEndian.putInt(bytes, bytes.length - 4, Crc32c.of(bytes, 0, bytes.length - 4));
      try {
        assertThat(SavedGroupCodec.decode("x", bytes)).isNotNull();
      } catch (CorruptDataException e) {
        assertThat(e.path()).isEqualTo("x");
      }
    }
  }
}
