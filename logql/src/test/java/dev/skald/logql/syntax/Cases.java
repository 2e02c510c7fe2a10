package dev.skald.logql.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the tables of queries that stand beside the tests as resources. */
final class Cases {
  /** A query and what it must give. */
  record Case(String query, String expected) {
    @Override
    public String toString() {
      return query.replace("\n", "<LF>");
    }
  }

  private static final String ANSWER = "=> ";

  private Cases() {}

  /** Reads a table of queries, each with the lines that begin with an arrow behind it. */
  static List<Case> read(String resource) {
    List<Case> cases = new ArrayList<>();
    String query = null;
    List<String> answer = new ArrayList<>();
    for (String line : lines(resource)) {
      if (line.startsWith(ANSWER)) {
        answer.add(line.substring(ANSWER.length()));
      } else {
        if (!answer.isEmpty()) {
          cases.add(new Case(unescape(query), unescape(String.join("\n", answer))));
          answer.clear();
          query = null;
          if (line.isEmpty()) {
            continue;
          }
        }
        query = line;
      }
    }
    cases.add(new Case(unescape(query), unescape(String.join("\n", answer))));
    return cases;
  }

  /** Reads a table of queries, one a line. */
  static List<String> readLines(String resource) {
    return lines(resource).stream()
        .filter(line -> !line.startsWith("#"))
        .map(Cases::unescape)
        .toList();
  }

  private static List<String> lines(String resource) {
    try (InputStream in = Cases.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescape(String text) {
    return text.replace("<LF>", "\n").replace("<NUL>", "\0").replace("<NBSP>", "\u00a0");
  }
}
