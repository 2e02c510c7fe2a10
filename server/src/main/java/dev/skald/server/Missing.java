package dev.skald.server;

import dev.skald.config.ConfigException;
import dev.skald.config.Problem;
import dev.skald.config.SkaldConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What a configuration may ask for and this version does not have. Where going on without it would
 * put data in the wrong place or in the open, the start fails; else the log says so.
 */
final class Missing {
  private Missing() {}

  /**
   * Refuses what must not be left out.
   *
   * @throws ConfigException that names all of it
   */
  static void refuse(String source, SkaldConfig config) {
    List<Problem> problems = new ArrayList<>();
    if (config.server().http().tls().enabled()) {
      problems.add(problem(source, "server.http_tls_config; put a proxy in front of it"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException("this version of Skald does not have:", problems, "", 1);
    }
  }

  private static Problem problem(String source, String what) {
    return new Problem(source, 0, what);
  }

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
