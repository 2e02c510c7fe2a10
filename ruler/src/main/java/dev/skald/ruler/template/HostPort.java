package dev.skald.ruler.template;

import java.util.regex.Pattern;

/**
 * A host and a port as Go's {@code net.SplitHostPort} takes them apart.
 *
 * @param port empty if the text has none
 */
record HostPort(String host, String port) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** Splits a text; one that cannot be split is a host. */
  static HostPort split(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return new HostPort(text, "");
    }
    String host = text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (host.startsWith("[") && host.endsWith("]")) {
      return new HostPort(host.substring(1, host.length() - 1), port);
    }
    boolean whole = host.chars().anyMatch(c -> c == ':' || c == '[' || c == ']');
    return whole ? new HostPort(text, "") : new HostPort(host, port);
  }

  /** Returns the text without the domain of its host; an address stays as it is. */
  static String withoutDomain(String text) {
    HostPort split = split(text);
    if (split.host.contains(":") || IPV4.matcher(split.host).matches()) {
      return text;
    }
    String name = split.host.split("\\.", 2)[0];
    return split.port.isEmpty() ? name : name + ":" + split.port;
  }
}
