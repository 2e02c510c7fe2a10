package dev.skald.server.rules;

import dev.skald.config.Overrides;
import dev.skald.config.RuleLimits;
import dev.skald.ruler.rules.InvalidRulesException;
import dev.skald.ruler.rules.RuleEditor;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.rules.RulePrinter;
import dev.skald.ruler.rules.RuleProblem;
import dev.skald.ruler.rules.RuleReader;
import dev.skald.ruler.rules.RuleSource;
import dev.skald.server.http.Handler;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows and changes rule groups in YAML: {@code /loki/api/v1/rules} and {@code /api/prom/rules}
 * (http-api.md §9.2).
 */
public final class RulesApi {
  private static final Logger LOG = LoggerFactory.getLogger(RulesApi.class);
  private static final List<String> PREFIXES = List.of("/loki/api/v1/rules", "/api/prom/rules");
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String YAML = "application/yaml";
  private static final String UNSUPPORTED = " unsupported in rule local store";

  /**
   * What the rules are read from and written to.
   *
   * @param editor nothing if they can only be read
   */
  public record Rules(RuleSource source, Optional<RuleEditor> editor, RuleReader reader) {}

  private final Rules rules;
  private final Tenants tenants;
  private final Overrides overrides;
  private final InstantSource clock;

  public RulesApi(Rules rules, Tenants tenants, Overrides overrides, InstantSource clock) {
    this.rules = rules;
    this.tenants = tenants;
    this.overrides = overrides;
    this.clock = clock;
  }

  public void register(Router router) {
    for (String prefix : PREFIXES) {
      String namespace = prefix + "/{namespace}";
      String group = namespace + "/{groupName}";
      router.add("GET", prefix, handled(this::all));
      router.add("GET", namespace, handled(this::namespace));
      router.add("POST", namespace, handled(this::put));
      router.add("DELETE", namespace, handled(this::deleteNamespace));
      router.add("GET", group, handled(this::group));
      router.add("DELETE", group, handled(this::deleteGroup));
    }
  }

  /** Answers for one tenant. */
  private interface TenantHandler {
    Response handle(String tenant, Request request) throws IOException;
  }

  private Handler handled(TenantHandler handler) {
    return request -> {
      Set<String> all = tenants.all(request);
      if (all.size() > 1) {
        return RulerReply.error(500, "no org id");
      }
      try {
        return handler.handle(all.iterator().next(), request);
      } catch (RuleRequest.PathTraversal e) {
        return RulerReply.error(500, e.getMessage());
      } catch (IOException e) {
        LOG.error("{} {} failed: {}", request.method(), request.path(), e.toString());
        return RulerReply.error(500, e.getMessage());
      }
    };
  }

  private Response all(String tenant, Request request) {
    RuleFilter filter = RuleFilter.parse(request.parameter("labels"));
    return yaml(filter.apply(rules.source().current().namespaces(tenant)));
  }

  private Response namespace(String tenant, Request request) {
    RuleFilter filter = RuleFilter.parse(request.parameter("labels"));
    String namespace = RuleRequest.namespace(request);
    List<RuleGroup> groups = rules.source().current().namespaces(tenant).get(namespace);
    return yaml(filter.apply(groups == null ? Map.of() : Map.of(namespace, groups)));
  }

  private static Response yaml(Map<String, List<RuleGroup>> namespaces) {
    return namespaces.isEmpty()
        ? Response.line(404, "no rule groups found")
        : yaml(RulePrinter.namespaces(namespaces));
  }

  private static Response yaml(String text) {
    return Response.bytes(200, YAML, text.getBytes(StandardCharsets.UTF_8));
  }

  private Response group(String tenant, Request request) {
    RuleGroup.Key key = key(tenant, request);
    if (rules.editor().isEmpty()) {
      return Response.line(400, "GetRuleGroup" + UNSUPPORTED);
    }
    return rules
        .source()
        .current()
        .group(key)
        .map(group -> yaml(RulePrinter.group(group)))
        .orElseGet(() -> Response.line(404, "group does not exist"));
  }

  private Response put(String tenant, Request request) throws IOException {
    String namespace = RuleRequest.namespace(request);
    RuleGroup group;
    try {
      group = rules.reader().body(tenant, namespace, body(request));
    } catch (InvalidRulesException e) {
      LOG.debug("a client of tenant {} sent rules that are refused: {}", tenant, e.getMessage());
      return Response.line(400, text(e));
    }
    RuleRequest.checked("groupname", group.name());
    String breach = breach(group);
    if (!breach.isEmpty()) {
      return Response.line(400, breach);
    }
    if (rules.editor().isEmpty()) {
      return Response.line(500, "SetRuleGroup" + UNSUPPORTED);
    }
    rules.editor().get().put(group, clock.instant());
    return RulerReply.accepted();
  }

  /** The parser of forms leaves nothing of its body, whatever is in it. */
  private static byte[] body(Request request) {
    boolean form = request.header("content-type").toLowerCase(Locale.ROOT).startsWith(FORM);
    return form ? new byte[0] : request.body();
  }

  private static String text(InvalidRulesException e) {
    return e.isReadable()
        ? e.problems().stream().map(RuleProblem::text).collect(Collectors.joining(", "))
        : "unable to decoded rule group";
  }

  /** Says which limit a group goes beyond; the group counts as new even if it replaces one. */
  private String breach(RuleGroup group) {
    RuleLimits limits = overrides.limits(group.tenant()).rules();
    int count = group.rules().size();
    if (limits.maxRulesPerGroup() > 0 && count > limits.maxRulesPerGroup()) {
      return exceeded("rules per rule group", limits.maxRulesPerGroup(), count);
    }
    int groups = rules.source().current().groups(group.tenant()).size() + 1;
    return limits.maxGroups() > 0 && groups > limits.maxGroups()
        ? exceeded("rule groups", limits.maxGroups(), groups)
        : "";
  }

  private static String exceeded(String what, int limit, int actual) {
    return "per-user %s limit (limit: %d actual: %d) exceeded".formatted(what, limit, actual);
  }

  private Response deleteGroup(String tenant, Request request) throws IOException {
    RuleGroup.Key key = key(tenant, request);
    if (rules.editor().isEmpty()) {
      return RulerReply.error(500, "DeleteRuleGroup" + UNSUPPORTED);
    }
    return rules.editor().get().delete(key, clock.instant())
        ? RulerReply.accepted()
        : Response.line(404, "group does not exist");
  }

  private Response deleteNamespace(String tenant, Request request) throws IOException {
    String namespace = RuleRequest.namespace(request);
    if (rules.editor().isEmpty()) {
      return RulerReply.error(500, "DeleteNamespace" + UNSUPPORTED);
    }
    return rules.editor().get().deleteNamespace(tenant, namespace, clock.instant())
        ? RulerReply.accepted()
        : Response.line(404, "group namespace does not exist");
  }

  private static RuleGroup.Key key(String tenant, Request request) {
    return new RuleGroup.Key(tenant, RuleRequest.namespace(request), RuleRequest.group(request));
  }
}
