package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** {@code otlp_config} of the limits (config-and-clients.md §1.7). */
final class OtlpKeys {
  static final Section OTLP =
      Section.of(
          "push.OTLPConfig",
          block(
              "resource_attributes",
              Section.of(
                  "push.ResourceAttributesConfig",
                  used("ignore_defaults", BOOL, "false"),
                  blocks("attributes_config", rule()))),
          blocks("scope_attributes", rule()),
          blocks("log_attributes", rule()),
          used("severity_text_as_label", BOOL, "false"));

  private OtlpKeys() {}

  private static Section rule() {
    return Section.of(
        "push.AttributesConfig",
        used("action", TEXT, "").oneOf("index_label", "structured_metadata", "drop"),
        usedTexts("attributes"),
        used("regex", TEXT, ""));
  }
}
