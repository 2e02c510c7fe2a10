package dev.skald.ruler.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path directory;
  private final Heard heard = new Heard();
  private Path root;
  private LocalRules rules;

  @BeforeEach
  void open() {
    root = directory.resolve("rules");
    rules = new LocalRules(root, new RuleReader(new TemplateSyntax()), heard);
  }

  private void write(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static String group(String name, String expr) {
    return "groups: [{name: %s, rules: [{record: r, expr: '%s'}]}]\n".formatted(name, expr);
  }

  /** The groups in force, with the expressions of their rules. */
  private List<String> poll() {
    return rules.poll(NOW).byTenant().values().stream()
        .flatMap(List::stream)
        .map(
            group ->
                group.key() + "" + group.rules().stream().map(r -> r.expression().text()).toList())
        .toList();
  }

  @Test
  void makesTheDirectoryAndHasNoRules() {
    assertThat(poll()).isEmpty();
    assertThat(root).isDirectory();
    assertThat(heard.heard()).isEmpty();
  }

  @Test
  void readsEveryFileOfEveryTenantWhateverItsExtension() throws IOException {
    write("fake/b.yaml", group("g", "vector(1)"));
    write("fake/a", group("g", "vector(2)"));
    write("team/rules.txt", group("g", "vector(3)"));
    write("fake/deeper/c.yaml", group("g", "vector(4)"));
    write("stray.yaml", group("g", "vector(5)"));

    assertThat(poll())
        .containsExactly(
            "fake/a/g[vector(2)]", "fake/b.yaml/g[vector(1)]", "team/rules.txt/g[vector(3)]");
    assertThat(heard.heard())
        .containsExactly("fake sound", "team sound", "fake changed", "team changed");
  }

  @Test
  void groupsOfAFileStayInItsOrder() throws IOException {
    write("fake/a", "groups: [{name: z, rules: []}, {name: b, rules: []}]");

    assertThat(poll()).containsExactly("fake/a/z[]", "fake/a/b[]");
  }

  @Test
  void seesWhatChangesAndTellsWhich() throws IOException {
    write("fake/a", group("one", "vector(1)"));
    write("fake/b", group("two", "vector(1)"));
    write("fake/c", group("three", "vector(1)"));
    poll();
    RuleSnapshot before = rules.current();
    heard.heard();

    write("fake/a", group("one", "vector(2)"));
    Files.delete(root.resolve("fake/b"));
    write("fake/d", group("four", "vector(4)"));
    poll();

    assertThat(RuleChanges.between(before, rules.current()))
        .hasToString("added fake/d/four; changed fake/a/one; removed fake/b/two");
    assertThat(heard.heard()).containsExactly("fake sound", "fake changed");
  }

  @Test
  void aFileThatIsOnlyWrittenAgainChangesNothing() throws IOException {
    write("fake/a", group("one", "vector(1)"));
    poll();
    RuleSnapshot before = rules.current();
    heard.heard();

    write("fake/a", group("one", "vector(1)") + "# a remark\n");
    poll();

    assertThat(RuleChanges.between(before, rules.current()).isEmpty()).isTrue();
    assertThat(heard.heard()).containsExactly("fake sound");
  }

  @Test
  void aBadFileKeepsItsRulesAndTheOthersAreRead() throws IOException {
    write("fake/a", group("one", "vector(1)"));
    write("fake/b", group("two", "vector(1)"));
    poll();
    heard.heard();

    write("fake/a", group("one", "sum("));
    write("fake/b", group("two", "vector(2)"));

    assertThat(poll()).containsExactly("fake/a/one[vector(1)]", "fake/b/two[vector(2)]");
    assertThat(heard.heard()).containsExactly("fake bad", "fake changed");
    assertThat(poll()).hasSize(2);
    assertThat(heard.heard()).containsExactly("fake bad");

    write("fake/a", group("one", "vector(3)"));

    assertThat(poll()).containsExactly("fake/a/one[vector(3)]", "fake/b/two[vector(2)]");
    assertThat(heard.heard()).containsExactly("fake sound", "fake changed");
  }

  @Test
  void aFileThatIsBadFromTheStartHasNoRules() throws IOException {
    write("fake/a", "groups: [{nam: x}]");
    write("fake/b", group("two", "vector(1)"));

    assertThat(poll()).containsExactly("fake/b/two[vector(1)]");
    assertThat(heard.heard()).containsExactly("fake bad", "fake changed");
  }

  @Test
  void aFileThatCannotBeReadKeepsItsRules() throws IOException {
    write("fake/a", group("one", "vector(1)"));
    poll();
    heard.heard();
    Path file = root.resolve("fake/a");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(file), "root reads everything");

    assertThat(poll()).containsExactly("fake/a/one[vector(1)]");
    assertThat(heard.heard()).containsExactly("fake bad");
  }

  @Test
  void aDirectoryThatHasGoneKeepsAllRules() throws IOException {
    write("fake/a", group("one", "vector(1)"));
    poll();
    heard.heard();

    Files.move(root, directory.resolve("elsewhere"));

    assertThat(poll()).containsExactly("fake/a/one[vector(1)]");
    assertThat(heard.heard()).containsExactly("failed");
  }

  @Test
  void aTenantThatHasGoneHasNoRules() throws IOException {
    write("team/a", group("one", "vector(1)"));
    poll();
    heard.heard();

    Files.delete(root.resolve("team/a"));
    Files.delete(root.resolve("team"));

    assertThat(poll()).isEmpty();
    assertThat(heard.heard()).containsExactly("team sound", "team changed");
  }

  @Test
  void followsAConfigMapThatIsSwapped() throws IOException {
    Path tenant = Files.createDirectories(root.resolve("fake"));
    Path first = Files.createDirectory(tenant.resolve("..2026_11_23_1"));
    Files.writeString(first.resolve("alerts.yaml"), group("one", "vector(1)"));
    Files.createSymbolicLink(tenant.resolve("..data"), Path.of("..2026_11_23_1"));
    Files.createSymbolicLink(tenant.resolve("alerts.yaml"), Path.of("..data/alerts.yaml"));
    assertThat(poll()).containsExactly("fake/alerts.yaml/one[vector(1)]");

    Path second = Files.createDirectory(tenant.resolve("..2026_11_23_2"));
    Files.writeString(second.resolve("alerts.yaml"), group("one", "vector(2)"));
    Files.createSymbolicLink(tenant.resolve("..data_tmp"), Path.of("..2026_11_23_2"));
    Files.move(
        tenant.resolve("..data_tmp"), tenant.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Files.delete(first.resolve("alerts.yaml"));
    Files.delete(first);

    assertThat(poll()).containsExactly("fake/alerts.yaml/one[vector(2)]");
  }

  @Test
  void aConfigMapMountedOnTheRootIsNoTenant() throws IOException {
    write("..2026_11_23_1/alerts.yaml", group("one", "vector(1)"));
    Files.createSymbolicLink(root.resolve("..data"), Path.of("..2026_11_23_1"));

    assertThat(poll()).isEmpty();
  }

  @Test
  void followsLinksToTenantsAndPassesOverThoseToNothing() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("a"), group("one", "vector(1)"));
    Files.createSymbolicLink(root.resolve("fake"), elsewhere);
    Files.createSymbolicLink(elsewhere.resolve("b"), Path.of("nothing"));

    assertThat(poll()).containsExactly("fake/a/one[vector(1)]");
    assertThat(heard.heard()).containsExactly("fake sound", "fake changed");
  }
}
