package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.distributor.MetadataNames.InvalidNameException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class MetadataPairsTest {
  private final MetadataPairs pairs = new MetadataPairs();

  private void read(PushRequest request) throws InvalidNameException {
    EntryMetadata entry = new EntryMetadata();
    entry.set(request, request.streams() - 1, request.entries() - 1);
    pairs.read(entry);
  }

  private void read(String... namesAndValues) throws InvalidNameException {
    read(Pushes.request().stream("{}").entry(0, "line", namesAndValues).build());
  }

  private Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    long bytes = 0;
    for (int i = 0; i < pairs.count(); i++) {
      String name = pairs.name(i);
      String value = pairs.value(i).toString();
      assertThat(all.put(name, value)).as("twice: " + name).isNull();
      bytes += Pushes.utf8(name).length + Pushes.utf8(value).length;
    }
    assertThat(pairs.bytes()).isEqualTo(bytes);
    return all;
  }

  @Test
  void normalisesNames() throws Exception {
    read("trace.id", "t", "1x", "u");
    assertThat(all()).isEqualTo(Map.of("trace_id", "t", "key_1x", "u"));
  }

  @Test
  void keepsTheLastOfTwoPairsWithOneName() throws Exception {
    read("a", "1", "b", "x", "a", "22");
    assertThat(all()).isEqualTo(Map.of("a", "22", "b", "x"));
  }

  @Test
  void prefersTheNameThatWasChanged() throws Exception {
    read("a.b", "3", "a_b", "4");
    assertThat(all()).isEqualTo(Map.of("a_b", "3"));
    read("a_b", "4", "a.b", "3");
    assertThat(all()).isEqualTo(Map.of("a_b", "3"));
    read("a.b", "3", "a-b", "44");
    assertThat(all()).isEqualTo(Map.of("a_b", "44"));
  }

  @Test
  void leavesOutEmptyValues() throws Exception {
    read("a", "", "b", "x");
    assertThat(all()).isEqualTo(Map.of("b", "x"));
  }

  @Test
  void putsABlankForEachMalformedByte() throws Exception {
    byte[] value = "a\u00ff\u00e2\u0082b\u00c0\u0080c".getBytes(StandardCharsets.ISO_8859_1);
    read(Pushes.request().stream("{}").entry(0, "l").metadata(Pushes.utf8("n"), value).build());
    assertThat(all()).isEqualTo(Map.of("n", "a   b  c"));
  }

  @Test
  void putsABlankForTheReplacementCharacter() throws Exception {
    read("n", "ü\ufffd😀");
    assertThat(all()).isEqualTo(Map.of("n", "ü 😀"));
  }

  @Test
  void rejectsANameOfWhichNothingIsLeft() {
    assertThatThrownBy(() -> read("", "v")).hasMessage("label name is empty");
    assertThatThrownBy(() -> read("-", "v"))
        .hasMessage("normalization for label name \"-\" resulted in invalid name \"_\"");
  }

  @Test
  void takesThePairsOfTheStreamAfterTheEntrysOwn() throws Exception {
    read(
        Pushes.request().stream("{}", "shared", "s", "both", "stream")
            .entry(0, "line", "own", "o", "both", "entry")
            .build());
    assertThat(all()).isEqualTo(Map.of("own", "o", "shared", "s", "both", "stream"));
  }

  @Test
  void setsAPairWhetherItIsThereOrNot() throws Exception {
    read("level", "err");
    pairs.set(Pushes.utf8("detected_level"), Pushes.utf8("error"));
    pairs.set(Pushes.utf8("detected_level"), Pushes.utf8("warn"));
    assertThat(all()).isEqualTo(Map.of("level", "err", "detected_level", "warn"));
  }

  @Test
  void growsWithItsPairs() throws Exception {
    String[] many = new String[200];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = "n" + i;
      many[i + 1] = "v" + i;
    }
    read(many);
    assertThat(all()).hasSize(100).containsEntry("n198", "v198");
    read("a", "b");
    assertThat(all()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void forgetsWhatItPointedInto() throws Exception {
    read("a", "b");
    pairs.forget();
    assertThat(pairs.count()).isZero();
    assertThat(pairs.bytes()).isZero();
  }
}
