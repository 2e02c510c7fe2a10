package dev.skald.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of {@code docs/format}, whose examples are fenced as {@code hex NAME}. Found from the
 * folder of any module.
 */
public final class FormatPage {
  private static final Pattern BYTES = Pattern.compile("^(?:[0-9a-f]{2}(?: {1,2}|$))+");

  private final String text;

  public FormatPage(String name) throws IOException {
    Path here = Path.of("docs/format", name);
    text = Files.readString(Files.exists(here) ? here : Path.of("../storage").resolve(here));
  }

  /** Returns the bytes of an example; words after them on a line are remarks. */
  public byte[] example(String name) {
    String start = "```hex " + name + "\n";
    int from = text.indexOf(start);
    if (from < 0) {
      throw new IllegalArgumentException("no example " + name);
    }
    String body = text.substring(from + start.length(), text.indexOf("```", from + start.length()));
    StringBuilder hex = new StringBuilder();
    for (String line : body.split("\n")) {
      Matcher bytes = BYTES.matcher(line);
      if (bytes.find()) {
        hex.append(bytes.group().replace(" ", ""));
      }
    }
    return HexFormat.of().parseHex(hex);
  }
}
