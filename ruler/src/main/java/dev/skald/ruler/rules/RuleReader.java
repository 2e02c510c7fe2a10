package dev.skald.ruler.rules;

import dev.skald.config.keys.Key;
import dev.skald.config.keys.RuleFileKeys;
import dev.skald.config.load.Settings;
import dev.skald.config.load.YamlFile;
import dev.skald.logql.GoQuote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads rule groups in YAML (config-and-clients.md §2.3). Safe for use by any thread. */
public final class RuleReader {
  private final RuleChecks checks;

  public RuleReader(TemplateCheck templates) {
    this.checks = new RuleChecks(templates);
  }

  /**
   * Reads a file: {@code groups}, in which no unknown key may stand.
   *
   * @param namespace the name of the file
   * @throws InvalidRulesException with every problem
   */
  public List<RuleGroup> file(String tenant, String namespace, byte[] content) {
    YamlFile yaml = YamlFile.read(namespace, content, RuleFileKeys.FILE);
    Reading reading = new Reading(tenant, namespace, yaml);
    Set<String> names = new HashSet<>();
    List<RuleGroup> groups = new ArrayList<>();
    for (Settings group : yaml.settings().blocks("groups")) {
      String name = group.text("name");
      groups.add(reading.group(group, groups.size()));
      if (!names.add(name) && !name.isEmpty()) {
        reading.problem(
            group.line("name"),
            "",
            "groupname: " + GoQuote.quote(name) + " is repeated in the same file");
      }
    }
    reading.throwIfAny();
    return groups;
  }

  /**
   * Reads one group as clients send it; unknown keys are passed over.
   *
   * @throws InvalidRulesException with every problem
   */
  public RuleGroup body(String tenant, String namespace, byte[] content) {
    YamlFile yaml = YamlFile.read(namespace, content, RuleFileKeys.BODY);
    Reading reading = new Reading(tenant, namespace, yaml);
    RuleGroup group = reading.group(yaml.settings(), 0);
    reading.throwIfAny();
    return group;
  }

  /** One text on its way to groups, with what is wrong with it. */
  private final class Reading {
    private final String tenant;
    private final String namespace;
    private final List<RuleProblem> problems = new ArrayList<>();

    /**
     * @throws InvalidRulesException if the text cannot be read
     */
    Reading(String tenant, String namespace, YamlFile yaml) {
      this.tenant = tenant;
      this.namespace = namespace;
      yaml.problems().forEach(problem -> problem(problem.line(), "", problem.message()));
      if (!problems.isEmpty()) {
        throw new InvalidRulesException(problems, false);
      }
    }

    void problem(int line, String place, String text) {
      problems.add(new RuleProblem(namespace, line, place, text));
    }

    void throwIfAny() {
      if (!problems.isEmpty()) {
        throw new InvalidRulesException(problems, true);
      }
    }

    /** Reads a group without the rules that are wrong. */
    RuleGroup group(Settings group, int index) {
      String name = group.text("name");
      String place = "group " + GoQuote.quote(name);
      if (name.isEmpty()) {
        problem(firstLine(group), "", "group " + index + ": Groupname must not be empty");
      }
      RuleChecks.labels(group, (key, text) -> problem(group.line(key), place, text));
      return new RuleGroup(
          tenant,
          namespace,
          name,
          Optional.of(group.duration("interval")).filter(Duration::isPositive),
          group.isSet("query_offset")
              ? Optional.of(group.duration("query_offset"))
              : Optional.empty(),
          group.integer("limit"),
          group.textMap("labels"),
          rules(group, place));
    }

    private List<Rule> rules(Settings group, String place) {
      List<Rule> rules = new ArrayList<>();
      int number = 0;
      for (Settings rule : group.blocks("rules")) {
        String at = place + ", rule " + ++number + name(rule);
        checks
            .rule(
                rule, group.text("name"), (key, text) -> problem(line(rule, key, group), at, text))
            .ifPresent(rules::add);
      }
      return rules;
    }
  }

  private static String name(Settings rule) {
    String name = rule.text("alert") + rule.text("record");
    return name.isEmpty() ? "" : " " + GoQuote.quote(name);
  }

  /** The line of a key, else of the rule that lacks it, else of the rules. */
  private static int line(Settings rule, String key, Settings group) {
    int line = rule.line(key);
    int otherwise = line > 0 ? line : firstLine(rule);
    return otherwise > 0 ? otherwise : group.line("rules");
  }

  private static int firstLine(Settings settings) {
    return settings.section().keys().stream()
        .map(Key::name)
        .mapToInt(settings::line)
        .filter(line -> line > 0)
        .min()
        .orElse(0);
  }
}
