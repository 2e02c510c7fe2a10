package dev.skald.server;

import dev.skald.config.SkaldConfig;
import java.util.ArrayList;
import java.util.List;

/** What a configuration may ask for and this version does not have. */
final class Missing {
  private Missing() {}

  /** Returns what is left out, a sentence each. */
  static List<String> leftOut(SkaldConfig config) {
    List<String> sentences = new ArrayList<>();
    if (config.querier().multiTenant()) {
      sentences.add(
          "querier.multi_tenant_queries_enabled: this version of Skald reads one tenant at a time");
    }
    return sentences;
  }
}
