package dev.skald.ruler.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.ruler.rules.LocalRules;
import dev.skald.ruler.rules.RuleReader;
import dev.skald.ruler.rules.RulesListener;
import dev.skald.ruler.rules.TemplateSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in a mounted ConfigMap, all of whose files are swapped at once, while alerts fire. */
final class MountedRulesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;

  /** Swaps the content of the mount as Kubernetes does. */
  private void mount(String version, String one, String two) throws IOException {
    Path tenant = Files.createDirectories(directory.resolve("fake"));
    Path data = Files.createDirectories(tenant.resolve("..2026_" + version));
    Files.writeString(data.resolve("one.yaml"), one);
    Files.writeString(data.resolve("two.yaml"), two);
    Path link = Files.createSymbolicLink(tenant.resolve("..data_tmp"), data.getFileName());
    Files.move(link, tenant.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    for (String file : new String[] {"one.yaml", "two.yaml"}) {
      Path name = tenant.resolve(file);
      if (!Files.exists(name)) {
        Files.createSymbolicLink(name, Path.of("..data", file));
      }
    }
  }

  private static String rule(String alert, String expression) {
    return "groups: [{name: g, rules: [{alert: %s, expr: %s}]}]".formatted(alert, expression);
  }

  @Test
  void aSwapChangesWhatDiffersAndNothingElse() throws IOException {
    mount("1", rule("One", "vector(1)"), rule("Two", "vector(2)"));
    LocalRules files =
        new LocalRules(directory, new RuleReader(new TemplateSyntax()), new Unheard());
    files.poll(EvaluatedRules.START);
    EvaluatedRules rules = new EvaluatedRules(files);
    rules.queries.give("vector(1)", Labels.EMPTY, 1).give("vector(2)", Labels.EMPTY, 1);
    rules.pass(MINUTE);
    assertThat(rules.sent())
        .containsExactlyInAnyOrder("{alertname=\"One\"} fires", "{alertname=\"Two\"} fires");
    rules.heard();
    Instant since = rules.rule().alerts().getFirst().activeAt();

    mount("2", rule("One", "vector(1)"), rule("Other", "vector(2)"));
    files.poll(rules.now());
    rules.tick();

    assertThat(rules.heard()).containsExactly("loaded fake/two.yaml/g PT1M 1");
    assertThat(rules.sent()).containsExactly("{alertname=\"Two\"} resolved");
    assertThat(rules.rule().alerts().getFirst().activeAt()).isEqualTo(since);
    rules.pass(MINUTE);
    assertThat(rules.alerts())
        .containsExactly("{alertname=\"One\"} FIRING", "{alertname=\"Other\"} FIRING");
  }

  @Test
  void aSwapToABadFileKeepsItsAlerts() throws IOException {
    mount("1", rule("One", "vector(1)"), rule("Two", "vector(2)"));
    LocalRules files =
        new LocalRules(directory, new RuleReader(new TemplateSyntax()), new Unheard());
    files.poll(EvaluatedRules.START);
    EvaluatedRules rules = new EvaluatedRules(files);
    rules.queries.give("vector(1)", Labels.EMPTY, 1);
    rules.pass(MINUTE);

    mount("2", "groups: [{name: g, rulez: []}]", rule("Two", "vector(3)"));
    files.poll(rules.now());
    rules.pass(MINUTE);

    assertThat(rules.alerts()).containsExactly("{alertname=\"One\"} FIRING");
    assertThat(rules.queries.asked()).anyMatch(text -> text.contains("vector(3)"));
  }

  private static final class Unheard implements RulesListener {
    @Override
    public void read(String tenant, boolean sound, Instant now) {}

    @Override
    public void changed(String tenant) {}

    @Override
    public void failed() {}
  }
}
