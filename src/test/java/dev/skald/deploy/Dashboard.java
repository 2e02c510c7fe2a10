package dev.skald.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A dashboard of docker/grafana/dashboards. */
record Dashboard(Path file, JsonNode json) {
  private static final Path DIRECTORY =
      Path.of("").toAbsolutePath().getParent().resolve("docker/grafana/dashboards");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:loki|skald|jvm|process|system)_\\w+");

  static List<Dashboard> all() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<Dashboard> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      for (Path file : files.sorted().toList()) {
        dashboards.add(new Dashboard(file, mapper.readTree(file.toFile())));
      }
    }
    return dashboards;
  }

  /** The queries of a kind of data source, variables of Grafana's and the dashboard's filled in. */
  List<String> queries(String type) {
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : json.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        if (target.at("/datasource/type").asText().equals(type)) {
          queries.add(fillIn(target.get("expr").asText()));
        }
      }
    }
    return queries;
  }

  private String fillIn(String query) {
    String filled = query.replaceAll("\\$__(rate_)?interval", "1m");
    for (JsonNode variable : json.at("/templating/list")) {
      filled =
          filled.replace("$" + variable.get("name").asText(), variable.get("allValue").asText());
    }
    return filled;
  }

  /** The metrics that queries of Prometheus name. */
  TreeSet<String> metrics() {
    TreeSet<String> metrics = new TreeSet<>();
    for (String query : queries("prometheus")) {
      Matcher metric = METRIC.matcher(query.replaceAll("\"[^\"]*\"", ""));
      while (metric.find()) {
        metrics.add(metric.group());
      }
    }
    return metrics;
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
