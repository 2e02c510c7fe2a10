package dev.skald.server.rules;

import dev.skald.logql.syntax.Printer;
import dev.skald.ruler.rules.AlertingRule;
import dev.skald.ruler.rules.RecordingRule;
import dev.skald.ruler.rules.Rule;
import dev.skald.ruler.status.AlertStatus;
import dev.skald.ruler.status.GroupStatus;
import dev.skald.ruler.status.RuleStatus;
import dev.skald.server.query.JsonOutput;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Writes how groups, rules and alerts stand, with the keys in Loki's order (http-api.md §9.3). */
final class StatusJson {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private StatusJson() {}

  static void groups(JsonOutput out, List<GroupStatus> groups) {
    list(out.raw("{\"groups\":"), groups, StatusJson::group).raw('}');
  }

  private static void group(JsonOutput out, GroupStatus status) {
    out.raw("{\"name\":").htmlString(status.group().name());
    out.raw(",\"file\":").htmlString(status.group().namespace());
    list(out.raw(",\"rules\":"), status.rules(), StatusJson::rule);
    out.raw(",\"interval\":").raw(seconds(status.interval()));
    out.raw(",\"limit\":").number(status.group().limit());
    evaluation(out, status.lastEvaluation(), status.evaluationTime());
    out.raw('}');
  }

  private static void rule(JsonOutput out, RuleStatus status) {
    out.raw('{');
    switch (status.rule()) {
      case AlertingRule alerting -> {
        out.raw("\"state\":").string(word(status.state())).raw(',');
        head(out, alerting);
        out.raw(",\"duration\":").raw(seconds(alerting.holdFor()));
        map(out.raw(",\"labels\":"), alerting.labels());
        map(out.raw(",\"annotations\":"), alerting.annotations());
        alerts(out.raw(",\"alerts\":"), status.alerts());
      }
      case RecordingRule recording -> {
        head(out, recording);
        map(out.raw(",\"labels\":"), recording.labels());
      }
    }
    out.raw(",\"health\":").string(word(status.health()));
    out.raw(",\"lastError\":").htmlString(status.lastError());
    boolean alerts = status.rule() instanceof AlertingRule;
    out.raw(",\"type\":").string(alerts ? "alerting" : "recording");
    evaluation(out, status.lastEvaluation(), status.evaluationTime());
    out.raw('}');
  }

  private static void head(JsonOutput out, Rule rule) {
    out.raw("\"name\":").htmlString(rule.name());
    out.raw(",\"query\":").htmlString(Printer.print(rule.expression().expr()));
  }

  private static void evaluation(JsonOutput out, Optional<Instant> last, Duration took) {
    out.raw(",\"lastEvaluation\":").string(last.map(StatusJson::time).orElse(NEVER));
    out.raw(",\"evaluationTime\":").raw(seconds(took));
  }

  static JsonOutput alerts(JsonOutput out, List<AlertStatus> alerts) {
    return list(out, alerts, StatusJson::alert);
  }

  private static void alert(JsonOutput out, AlertStatus alert) {
    out.raw("{\"labels\":").labels(alert.labels(), true);
    map(out.raw(",\"annotations\":"), new TreeMap<>(alert.annotations()));
    out.raw(",\"state\":").string(word(alert.state()));
    out.raw(",\"activeAt\":").string(time(alert.activeAt()));
    out.raw(",\"value\":").string(exponential(alert.value())).raw('}');
  }

  private static <T> JsonOutput list(
      JsonOutput out, List<T> items, BiConsumer<JsonOutput, T> writer) {
    out.raw('[');
    String separator = "";
    for (T item : items) {
      writer.accept(out.raw(separator), item);
      separator = ",";
    }
    return out.raw(']');
  }

  private static void map(JsonOutput out, Map<String, String> map) {
    out.raw('{');
    String separator = "";
    for (Map.Entry<String, String> pair : map.entrySet()) {
      out.raw(separator).htmlString(pair.getKey()).raw(':').htmlString(pair.getValue());
      separator = ",";
    }
    out.raw('}');
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros();
    return seconds.toPlainString();
  }

  /** RFC 3339 with as many decimals as there are. */
  static String time(Instant instant) {
    String text = instant.toString();
    return text.contains(".") ? text.replaceAll("0*Z$", "Z") : text;
  }

  /** Go's {@code %e} with as many digits as tell the number apart: {@code 3.5e-01}. */
  static String exponential(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int exponent = decimal.signum() == 0 ? 0 : decimal.precision() - decimal.scale() - 1;
    return (1 / value < 0 || value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
