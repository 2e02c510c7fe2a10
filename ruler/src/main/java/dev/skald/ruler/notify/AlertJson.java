package dev.skald.ruler.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skald.logql.Labels;
import dev.skald.ruler.evaluate.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The body of {@code POST /api/v2/alerts} (config-and-clients.md §2.8). */
final class AlertJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final ObjectMapper JSON = new ObjectMapper();

  private AlertJson() {}

  static byte[] write(List<QueuedAlert> alerts) {
    ArrayNode array = JSON.createArrayNode();
    for (QueuedAlert queued : alerts) {
      write(array.addObject(), queued.labels(), queued.alert());
    }
    return array.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(ObjectNode node, Labels labels, Alert alert) {
    ObjectNode annotations = node.putObject("annotations");
    alert.annotations().forEach(annotations::put);
    node.put("endsAt", text(alert.endsAt()));
    node.put("startsAt", text(alert.startsAt()));
    if (!alert.generatorUrl().isEmpty()) {
      node.put("generatorURL", alert.generatorUrl());
    }
    ObjectNode names = node.putObject("labels");
    for (int i = 0; i < labels.size(); i++) {
      names.put(labels.name(i), labels.value(i));
    }
  }

  private static String text(Instant time) {
    return TIME.format(time);
  }
}
