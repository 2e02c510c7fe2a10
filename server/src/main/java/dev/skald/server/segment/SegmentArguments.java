package dev.skald.server.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What stands behind {@code skald segment}.
 *
 * @param target a file or an address
 * @param limit how many streams and blocks are shown
 * @param configFile where the object store is configured, empty if nowhere
 */
record SegmentArguments(String target, int limit, boolean json, String configFile) {
  static final String USAGE =
      """
      Usage: skald segment [-limit N | -all] [-o text|json] [-config.file FILE] SEGMENT
        SEGMENT       a file, http(s)://HOST/.../N.seg, or s3://BUCKET/KEY
        -limit N      shows the N biggest streams and the first N blocks; 10 unless told
        -all          shows all of them
        -o json       prints JSON instead of text
        -config.file  takes endpoint and credentials of s3:// from a configuration
      The exit status is 0 if every checksum holds, 1 if one does not or the segment cannot be
      read, 2 for a bad command line.
      """;

  private static final int DEFAULT_LIMIT = 10;
  private static final Set<String> WITH_VALUE = Set.of("limit", "o", "config.file");

  /**
   * Reads arguments as Go's flag package does: one dash or two, {@code -f v} or {@code -f=v}.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static SegmentArguments read(List<String> arguments) {
    List<String> targets = new ArrayList<>();
    SegmentArguments read = new SegmentArguments("", DEFAULT_LIMIT, false, "");
    for (int at = 0; at < arguments.size(); at++) {
      String argument = arguments.get(at);
      if (argument.length() < 2 || argument.charAt(0) != '-') {
        targets.add(argument);
        continue;
      }
      String flag = argument.substring(argument.startsWith("--") ? 2 : 1);
      int equals = flag.indexOf('=');
      String name = equals < 0 ? flag : flag.substring(0, equals);
      String value = equals < 0 ? "" : flag.substring(equals + 1);
      if (equals < 0 && WITH_VALUE.contains(name)) {
        if (++at == arguments.size()) {
          throw new IllegalArgumentException("flag needs an argument: -" + name);
        }
        value = arguments.get(at);
      }
      read = read.with(name, value);
    }
    if (targets.size() != 1) {
      throw new IllegalArgumentException(
          targets.isEmpty() ? "no segment is named" : "one segment at a time, got " + targets);
    }
    return new SegmentArguments(targets.getFirst(), read.limit, read.json, read.configFile);
  }

  private SegmentArguments with(String flag, String value) {
    return switch (flag) {
      case "all" -> new SegmentArguments(target, Integer.MAX_VALUE, json, configFile);
      case "limit" -> new SegmentArguments(target, number(value), json, configFile);
      case "o" -> new SegmentArguments(target, limit, isJson(value), configFile);
      case "config.file" -> new SegmentArguments(target, limit, json, value);
      case "h", "help" -> throw new IllegalArgumentException("");
      default -> throw new IllegalArgumentException("flag provided but not defined: -" + flag);
    };
  }

  private static int number(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a negative number is.
    }
    throw new IllegalArgumentException("-limit " + value + ", wanted a number from 0");
  }

  private static boolean isJson(String value) {
    return switch (value) {
      case "json" -> true;
      case "text" -> false;
      default -> throw new IllegalArgumentException("-o " + value + ", wanted text or json");
    };
  }
}
