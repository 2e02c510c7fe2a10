package dev.skald.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares a reply with a recorded answer: streams by label set and entries in order, samples by
 * time with a relative tolerance of 1e-9, errors by their whole text, everything else as JSON with
 * the order of lists left out.
 */
public final class AnswerComparison {
  private static final double TOLERANCE = 1e-9;

  private AnswerComparison() {}

  /** Returns what differs, or null. */
  public static String difference(RecordedAnswer wanted, Http.Reply got) {
    if (got.status() != wanted.status()) {
      return "HTTP %d, want %d: %s".formatted(got.status(), wanted.status(), got.text());
    }
    if (wanted.body().isTextual()) {
      String text = wanted.body().asText().strip();
      return text.equals(got.text().strip())
          ? null
          : "text %s, want %s".formatted(got.text().strip(), text);
    }
    JsonNode body = got.json();
    JsonNode data = wanted.body().path("data");
    if (data.has("resultType")) {
      return results(wanted, data, body.path("data"));
    }
    if (!data.has("stats") && body.path("data") instanceof ObjectNode object) {
      object.remove("stats");
    }
    return json(wanted.body(), body, "$");
  }

  private static String results(RecordedAnswer wanted, JsonNode want, JsonNode got) {
    String type = want.get("resultType").asText();
    if (!type.equals(got.path("resultType").asText())) {
      return "resultType %s, want %s".formatted(got.path("resultType"), type);
    }
    if (type.equals("scalar")) {
      return sample(want.get("result"), got.get("result"));
    }
    String key = type.equals("streams") ? "stream" : "metric";
    Map<String, JsonNode> a = byLabels(want.get("result"), key);
    Map<String, JsonNode> b = byLabels(got.get("result"), key);
    if (!a.keySet().equals(b.keySet())) {
      return "label sets %s, want %s".formatted(minus(b, a), minus(a, b));
    }
    boolean ordered =
        type.equals("vector") && wanted.parameters().getOrDefault("query", "").contains("sort");
    if (ordered && !order(want, key).equals(order(got, key))) {
      return "order %s, want %s".formatted(order(got, key), order(want, key));
    }
    for (String labels : a.keySet()) {
      String difference =
          key.equals("stream")
              ? entries(a.get(labels).get("values"), b.get(labels).get("values"))
              : samples(a.get(labels), b.get(labels));
      if (difference != null) {
        return labels + ": " + difference;
      }
    }
    return null;
  }

  private static List<String> order(JsonNode data, String key) {
    List<String> order = new ArrayList<>();
    data.get("result").forEach(r -> order.add(sorted(r.get(key))));
    return order;
  }

  private static TreeSet<String> minus(Map<String, JsonNode> a, Map<String, JsonNode> b) {
    TreeSet<String> rest = new TreeSet<>(a.keySet());
    rest.removeAll(b.keySet());
    return rest;
  }

  private static Map<String, JsonNode> byLabels(JsonNode results, String key) {
    Map<String, JsonNode> map = new TreeMap<>();
    results.forEach(result -> map.put(sorted(result.get(key)), result));
    return map;
  }

  private static String sorted(JsonNode labels) {
    TreeMap<String, String> pairs = new TreeMap<>();
    labels.properties().forEach(p -> pairs.put(p.getKey(), p.getValue().asText()));
    return pairs.toString();
  }

  private static String entries(JsonNode want, JsonNode got) {
    for (int i = 0; i < Math.min(want.size(), got.size()); i++) {
      if (!want.get(i).equals(got.get(i))) {
        return "entry %d is %s, want %s".formatted(i, got.get(i), want.get(i));
      }
    }
    return want.size() == got.size()
        ? null
        : "%d entries, want %d".formatted(got.size(), want.size());
  }

  private static String samples(JsonNode want, JsonNode got) {
    if (want.has("value")) {
      return sample(want.get("value"), got.get("value"));
    }
    if (want.get("values").size() != got.get("values").size()) {
      return "%d samples, want %d".formatted(got.get("values").size(), want.get("values").size());
    }
    for (int i = 0; i < want.get("values").size(); i++) {
      String difference = sample(want.get("values").get(i), got.get("values").get(i));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static String sample(JsonNode want, JsonNode got) {
    boolean same =
        want.get(0).asDouble() == got.get(0).asDouble() && close(want.get(1), got.get(1));
    return same ? null : "sample %s, want %s".formatted(got, want);
  }

  private static boolean close(JsonNode want, JsonNode got) {
    if (want.equals(got)) {
      return true;
    }
    if (want.getNodeType() != got.getNodeType()) {
      return false;
    }
    try {
      double a = Double.parseDouble(want.asText());
      double b = Double.parseDouble(got.asText());
      double tolerance = Math.max(TOLERANCE * Math.max(Math.abs(a), Math.abs(b)), 1e-12);
      return Double.isNaN(a) && Double.isNaN(b) || a == b || Math.abs(a - b) <= tolerance;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String json(JsonNode want, JsonNode got, String at) {
    if (want.isObject() && got.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      want.fieldNames().forEachRemaining(names::add);
      got.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (!want.has(name) || !got.has(name)) {
          return "%s: got keys of %s, want those of %s".formatted(at, got, want);
        }
        String difference = json(want.get(name), got.get(name), at + "." + name);
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }
    if (want.isArray() && got.isArray()) {
      return lists(want, got, at);
    }
    return close(want, got) ? null : "%s: %s, want %s".formatted(at, got, want);
  }

  private static String lists(JsonNode want, JsonNode got, String at) {
    if (want.size() != got.size()) {
      return "%s: %d items, want %d".formatted(at, got.size(), want.size());
    }
    List<JsonNode> a = items(want);
    List<JsonNode> b = items(got);
    for (int i = 0; i < a.size(); i++) {
      String difference = json(a.get(i), b.get(i), at + "[" + i + "]");
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static List<JsonNode> items(JsonNode list) {
    List<JsonNode> items = new ArrayList<>();
    list.forEach(items::add);
    items.sort(Comparator.comparing(n -> n.isObject() ? sorted(n) : n.toString()));
    return items;
  }
}
