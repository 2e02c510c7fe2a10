package dev.skald.config;

import java.util.List;

/**
 * How templates are found in a tenant's lines.
 *
 * @param jsonFields the fields of JSON lines whose text is mined instead of the whole line ({@code
 *     pattern_ingester_tokenizable_json_fields_*})
 */
public record PatternLimits(List<String> jsonFields) {
  public PatternLimits {
    jsonFields = List.copyOf(jsonFields);
  }

  public static PatternLimits defaults() {
    return new PatternLimits(List.of("log", "message", "msg", "msg_", "_msg", "content"));
  }
}
