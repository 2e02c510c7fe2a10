package dev.skald.ruler.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.storage.object.FilesystemStore;
import dev.skald.storage.testing.Call;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.Mishaps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final RuleReader READER = new RuleReader(new TemplateSyntax());

  @TempDir Path directory;
  private final Heard heard = new Heard();
  private FaultyStore store;
  private StoredRules rules;

  @BeforeEach
  void open() throws IOException {
    store = new FaultyStore(new FilesystemStore(directory));
    rules = new StoredRules(store, READER, heard);
  }

  private static RuleGroup group(String tenant, String namespace, String name, String expr) {
    String yaml = "{name: '%s', rules: [{record: r, expr: %s}]}".formatted(name, expr);
    return READER.body(tenant, namespace, yaml.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> inForce() {
    return rules.current().byTenant().values().stream()
        .flatMap(List::stream)
        .map(g -> g.key() + " " + g.rules().getFirst().expression().text())
        .toList();
  }

  @Test
  void whatIsPutIsInForceAtOnceAndAfterARestart() throws IOException {
    RuleGroup group = group("team", "ns/1", "größe", "vector(1)");

    rules.put(group, NOW);

    assertThat(rules.current().group(group.key())).contains(group);
    assertThat(heard.heard()).containsExactly("team sound", "team changed");
    rules = new StoredRules(store, READER, heard);
    rules.poll(NOW);
    assertThat(rules.current().group(group.key())).contains(group);
  }

  @Test
  void keysAreThoseOfLokiAndTheContentIsYaml() throws IOException {
    rules.put(group("team", "ns", "g", "vector(1)"), NOW);

    String key = "rules/team/bnM=/Zw==";
    assertThat(store.list("")).containsExactly(key);
    assertThat(new String(store.get(key, 0, (int) store.size(key)), StandardCharsets.UTF_8))
        .isEqualTo("name: g\nrules:\n    - record: r\n      expr: vector(1)\n");
  }

  @Test
  void putReplacesAGroupOfThatName() throws IOException {
    rules.put(group("team", "ns", "g", "vector(1)"), NOW);
    rules.put(group("team", "ns", "g", "vector(2)"), NOW);

    assertThat(inForce()).containsExactly("team/ns/g vector(2)");
  }

  @Test
  void deletesAGroupOrANamespaceOfOneTenant() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      rules.put(group("team", "ns", name, "vector(1)"), NOW);
    }
    rules.put(group("team", "ns2", "a", "vector(1)"), NOW);
    rules.put(group("other", "ns", "a", "vector(1)"), NOW);

    assertThat(rules.delete(new RuleGroup.Key("team", "ns", "b"), NOW)).isTrue();
    assertThat(rules.delete(new RuleGroup.Key("team", "ns", "b"), NOW)).isFalse();
    assertThat(inForce()).hasSize(4).doesNotContain("team/ns/b vector(1)");

    assertThat(rules.deleteNamespace("team", "ns", NOW)).isTrue();
    assertThat(rules.deleteNamespace("team", "ns", NOW)).isFalse();
    assertThat(inForce()).containsExactly("other/ns/a vector(1)", "team/ns2/a vector(1)");
    assertThat(store.list("")).hasSize(2);
  }

  @Test
  void seesWhatOthersWriteWithTheNextPoll() throws IOException {
    StoredRules other = new StoredRules(store, READER, new Heard());
    other.put(group("team", "ns", "a", "vector(1)"), NOW);
    other.put(group("team", "ns", "b", "vector(1)"), NOW);
    rules.poll(NOW);

    other.put(group("team", "ns", "a", "vector(2)"), NOW);
    other.delete(new RuleGroup.Key("team", "ns", "b"), NOW);
    rules.poll(NOW);

    assertThat(inForce()).containsExactly("team/ns/a vector(2)");
  }

  @Test
  void anObjectThatIsNoGroupLeavesTheOthersAlone() throws IOException {
    rules.put(group("team", "ns", "a", "vector(1)"), NOW);
    rules.put(group("team", "ns", "b", "vector(1)"), NOW);
    heard.heard();
    write("rules/team/bnM=/YQ==", "name: [");
    write("rules/team/bnM=/Yg==", "name: other");
    write("rules/team/!/Yg==", "name: b");
    write("rules/team", "name: b", ".txt");

    rules.poll(NOW);

    assertThat(inForce()).containsExactly("team/ns/a vector(1)", "team/ns/b vector(1)");
    assertThat(heard.heard()).containsExactly("team bad");
  }

  @Test
  void aStoreThatIsAwayKeepsAllRules() throws IOException {
    rules.put(group("team", "ns", "a", "vector(1)"), NOW);
    heard.heard();

    store.always(call -> call.operation() == Call.Operation.LIST, Mishaps.unavailable());
    rules.poll(NOW);
    assertThat(inForce()).hasSize(1);
    assertThat(heard.heard()).containsExactly("failed");

    store.heal();
    store.always(Call.gets(), Mishaps.unavailable());
    rules.poll(NOW);
    assertThat(inForce()).hasSize(1);
    assertThat(heard.heard()).containsExactly("team bad");

    store.heal();
    rules.poll(NOW);
    assertThat(inForce()).hasSize(1);
    assertThat(heard.heard()).containsExactly("team sound");
  }

  @Test
  void whatTheStoreDoesNotTakeIsNotInForce() throws IOException {
    store.always(Call.puts(), Mishaps.unavailable());

    assertThatThrownBy(() -> rules.put(group("team", "ns", "a", "vector(1)"), NOW))
        .isInstanceOf(IOException.class);

    assertThat(inForce()).isEmpty();
  }

  private void write(String key, String content, String... suffix) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    store.put(key + String.join("", suffix), List.of(ByteBuffer.wrap(bytes)));
  }
}
