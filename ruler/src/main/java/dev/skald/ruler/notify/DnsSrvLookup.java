package dev.skald.ruler.notify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Asks the name servers of this machine for SRV records (RFC 2782). */
public final class DnsSrvLookup implements SrvLookup {
  private static final String TIMEOUT_MILLIS = "2000";

  private final String servers;

  /**
   * @param servers such as {@code dns://127.0.0.1:5353}; {@code dns:} for those of this machine
   */
  public DnsSrvLookup(String servers) {
    this.servers = servers;
  }

  @Override
  public List<Place> lookup(String name) throws IOException {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, servers);
    settings.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
    settings.put("com.sun.jndi.dns.timeout.retries", "2");
    try {
      InitialDirContext context = new InitialDirContext(settings);
      try {
        return places(name, context.getAttributes(name, new String[] {"SRV"}).get("SRV"));
      } finally {
        context.close();
      }
    } catch (NamingException e) {
      throw new IOException("cannot look up the service " + name + ": " + e, e);
    }
  }

  private static List<Place> places(String name, Attribute records)
      throws IOException, NamingException {
    List<Place> places = new ArrayList<>();
    if (records != null) {
      NamingEnumeration<?> values = records.getAll();
      while (values.hasMore()) {
        places.add(place(values.next().toString()));
      }
    }
    if (places.isEmpty()) {
      throw new IOException("there is no server behind the service " + name);
    }
    return places;
  }

  /** Reads priority, weight, port and host. */
  private static Place place(String record) throws IOException {
    String[] parts = record.split(" ");
    if (parts.length != 4 || !parts[2].matches("[0-9]{1,5}")) {
      throw new IOException("\"" + record + "\" is no SRV record");
    }
    return new Place(parts[3].replaceFirst("\\.$", ""), Integer.parseInt(parts[2]));
  }
}
