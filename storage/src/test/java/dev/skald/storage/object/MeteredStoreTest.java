package dev.skald.storage.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.storage.testing.Call;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.Mishaps;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeteredStoreTest {
  private final List<String> heard = new ArrayList<>();
  private long now;
  private final FaultyStore faulty = new FaultyStore(new MemoryStore());
  private final MeteredStore store =
      new MeteredStore(
          faulty,
          (operation, outcome, nanos, bytes) ->
              heard.add(
                  operation.label() + " " + outcome.label() + " " + nanos + " ns " + bytes + " B"),
          () -> now += 7);

  private static List<ByteBuffer> chunks(String... texts) {
    return List.of(texts).stream().map(text -> ByteBuffer.wrap(text.getBytes(UTF_8))).toList();
  }

  @Test
  void tellsOfEachOperationWithItsOutcomeTimeAndBytes() throws IOException {
    store.put("a", chunks("abc", "de"));
    store.putIfAbsent("b", chunks("xyz"));
    store.get("a", 1, 2);
    store.list("");
    store.size("a");
    store.delete("a");
    assertThatThrownBy(() -> store.putIfAbsent("b", chunks("q"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.get("a", 0, 1)).isInstanceOf(IOException.class);

    assertThat(heard)
        .containsExactly(
            "upload ok 7 ns 5 B",
            "upload_if_absent ok 7 ns 3 B",
            "get_range ok 7 ns 2 B",
            "iter ok 7 ns 0 B",
            "attributes ok 7 ns 0 B",
            "delete ok 7 ns 0 B",
            "upload_if_absent exists 7 ns 0 B",
            "get_range not_found 7 ns 0 B");
  }

  @Test
  void tellsOfFailures() {
    faulty.always(Call.puts(), Mishaps.unavailable());
    assertThatThrownBy(() -> store.put("a", chunks("abc"))).isInstanceOf(IOException.class);
    assertThat(heard).containsExactly("upload error 7 ns 0 B");
  }

  @Test
  void passesOnWhateverAStoreCanDo() {
    for (Method method : ObjectStore.class.getMethods()) {
      assertThat(MeteredStore.class).hasDeclaredMethods(method.getName());
    }
  }
}
