package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import java.util.ArrayList;
import java.util.List;

/**
 * Tenants that are read together, under one name, {@code a|b}. A selector chooses among them by the
 * label {@code __tenant_id__} (http-api.md §1.3).
 */
public final class JoinedTenants {
  static final String LABEL = "__tenant_id__";
  static final String ORIGINAL = "original___tenant_id__";

  private static final String SEPARATOR = "|";

  private JoinedTenants() {}

  /** Returns the tenants that a name stands for: itself, or all that it joins. */
  public static List<String> split(String name) {
    return name.contains(SEPARATOR) ? List.of(name.split("\\|")) : List.of(name);
  }

  /** Returns whether a selector lets in what is of a tenant. */
  public static boolean wants(String tenant, List<Matcher> matchers) {
    Labels labels = Labels.of(LABEL, tenant);
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(LABEL) && !matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Returns what the tenants' own streams are to pass of a selector over all of them. */
  public static List<Matcher> streamMatchers(List<Matcher> matchers) {
    List<Matcher> own = new ArrayList<>();
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(ORIGINAL)) {
        own.add(new Matcher(LABEL, matcher.type(), matcher.value()));
      } else if (!matcher.name().equals(LABEL)) {
        own.add(matcher);
      }
    }
    return own;
  }
}
