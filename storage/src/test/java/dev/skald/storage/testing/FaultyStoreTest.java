package dev.skald.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultyStoreTest {
  private final MemoryStore sound = new MemoryStore();
  private final FaultyStore store = new FaultyStore(sound);

  private void put(String key, int... bytes) throws IOException {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    store.put(key, List.of(ByteBuffer.wrap(content)));
  }

  @Test
  void failsAtTheNthCallOnlyAndCountsOnlyThoseMeant() throws IOException {
    store.atNth(2, Call.puts(), Mishaps.unavailable());
    put("a", 1);
    assertThat(store.list("")).containsExactly("a");
    assertThatThrownBy(() -> put("b", 1)).hasMessage("PUT b: 503 Slow Down");
    put("c", 1);
    assertThat(sound.objects).containsOnlyKeys("a", "c");
    assertThat(store.calls()).isEqualTo(4);
  }

  @Test
  void failsFromTheNthCallOnUntilItHeals() throws IOException {
    store.fromNth(2, Call.any(), Mishaps.unavailable());
    put("a", 1);
    assertThatThrownBy(() -> put("b", 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.size("a")).isInstanceOf(IOException.class);
    store.heal();
    assertThat(store.size("a")).isEqualTo(1);
  }

  @Test
  void failsAsIfTheProcessHadDied() throws IOException {
    store.dieAfter(1, FaultyStore.Fault.AFTER);
    put("a", 1);
    assertThat(store.hasFailed()).isFalse();
    assertThatThrownBy(() -> put("b", 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> put("c", 1)).isInstanceOf(IOException.class);
    assertThat(store.hasFailed()).isTrue();
    assertThat(sound.objects).containsOnlyKeys("a", "b");
  }

  @Test
  void aLostAnswerLeavesTheObject() {
    store.always(Call.puts(), Mishaps.lostAnswer());
    assertThatThrownBy(() -> put("a", 1)).isInstanceOf(IOException.class);
    assertThat(sound.objects).containsOnlyKeys("a");
  }

  @Test
  void aCutLeavesNoObjectAndNoBytes() throws IOException {
    put("a", 1, 2, 3, 4);
    store.always(Call.any(), Mishaps.cutHalfWay());
    assertThatThrownBy(() -> put("b", 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.get("a", 0, 4)).hasMessageContaining("after 2 of 4 bytes");
    assertThat(sound.objects).containsOnlyKeys("a");
  }

  @Test
  void hidesAndFlips() throws IOException {
    put("segments/a", 1, 2);
    put("segments/b", 1, 2);
    store.always(Call.under("segments/a"), Mishaps.missing());
    store.always(Call.gets(), Mishaps.flippedBit(1));
    assertThatThrownBy(() -> store.get("segments/a", 0, 2)).isInstanceOf(NoSuchFileException.class);
    assertThat(store.get("segments/b", 0, 2)).containsExactly(1, 3);
    assertThat(store.get("segments/b", 1, 1)).containsExactly(3);
    assertThat(store.get("segments/b", 0, 1)).containsExactly(1);
  }

  @Test
  void fillsUp() throws IOException {
    store.always(Call.any(), Mishaps.fullDisk(3));
    put("a", 1, 2);
    assertThatThrownBy(() -> put("b", 1, 2)).hasMessageContaining("No space left");
    assertThat(store.get("a", 0, 2)).containsExactly(1, 2);
  }

  @Test
  void waitsAtAGate() throws Exception {
    Gate gate = new Gate();
    store.always(Call.gets(), gate);
    put("a", 1);
    Thread reader = Thread.ofVirtual().start(() -> get("a"));
    gate.awaitArrival();
    assertThat(reader.isAlive()).isTrue();
    assertThat(store.size("a")).isEqualTo(1);
    gate.open();
    reader.join();
  }

  private void get(String key) {
    try {
      store.get(key, 0, 1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
