package dev.skald.server.rules;

import dev.skald.logql.GoQuote;
import dev.skald.ruler.rules.AlertingRule;
import dev.skald.ruler.rules.RecordingRule;
import dev.skald.ruler.rules.Rule;
import dev.skald.ruler.status.AlertStatus;
import dev.skald.ruler.status.GroupStatus;
import dev.skald.ruler.status.RuleStatus;
import dev.skald.ruler.status.RulerStatus;
import dev.skald.server.http.Handler;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How rules and alerts stand, in the JSON of Prometheus (http-api.md §9.3, §9.4). */
public final class PrometheusRulesApi {
  private static final Comparator<GroupStatus> ORDER =
      Comparator.comparing((GroupStatus status) -> status.group().namespace())
          .thenComparing(status -> status.group().name());

  private final RulerStatus status;
  private final Tenants tenants;

  public PrometheusRulesApi(RulerStatus status, Tenants tenants) {
    this.status = status;
    this.tenants = tenants;
  }

  public void register(Router router) {
    router.add("GET", "/prometheus/api/v1/rules", handled(this::rules));
    router.add("GET", "/prometheus/api/v1/alerts", handled((tenant, request) -> alerts(tenant)));
  }

  private interface TenantHandler {
    Response handle(String tenant, Request request);
  }

  private Handler handled(TenantHandler handler) {
    return request -> {
      Set<String> all = tenants.all(request);
      return all.size() > 1
          ? RulerReply.error(400, "too many org ids found")
          : handler.handle(all.iterator().next(), request);
    };
  }

  private Response rules(String tenant, Request request) {
    String type = request.parameter("type");
    if (!Set.of("", "alert", "record").contains(type)) {
      return RulerReply.error(400, "not supported value " + GoQuote.quote(type));
    }
    List<String> names = request.parameterValues("rule_name");
    Predicate<Rule> wanted = rule -> isOfType(rule, type) && isAmong(rule.name(), names);
    List<GroupStatus> groups =
        groups(tenant)
            .filter(g -> isAmong(g.group().namespace(), request.parameterValues("file")))
            .filter(g -> isAmong(g.group().name(), request.parameterValues("rule_group")))
            .map(g -> type.isEmpty() && names.isEmpty() ? g : withSome(g, wanted))
            .filter(g -> type.isEmpty() && names.isEmpty() || !g.rules().isEmpty())
            .toList();
    return RulerReply.success(out -> StatusJson.groups(out, groups));
  }

  private static GroupStatus withSome(GroupStatus group, Predicate<Rule> wanted) {
    return group.withRules(
        group.rules().stream().filter(rule -> wanted.test(rule.rule())).toList());
  }

  private static boolean isOfType(Rule rule, String type) {
    return switch (rule) {
      case AlertingRule alerting -> !type.equals("record");
      case RecordingRule recording -> !type.equals("alert");
    };
  }

  private static boolean isAmong(String name, List<String> names) {
    return names.isEmpty() || names.contains(name);
  }

  private Response alerts(String tenant) {
    List<AlertStatus> alerts =
        groups(tenant)
            .flatMap(group -> group.rules().stream())
            .map(RuleStatus::alerts)
            .flatMap(List::stream)
            .toList();
    return RulerReply.success(out -> StatusJson.alerts(out.raw("{\"alerts\":"), alerts).raw('}'));
  }

  private Stream<GroupStatus> groups(String tenant) {
    return status.groups(tenant).stream().sorted(ORDER);
  }
}
