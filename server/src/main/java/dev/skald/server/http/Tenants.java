package dev.skald.server.http;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells whose request it is, from the header {@code X-Scope-OrgID} (http-api.md §1.3).
 *
 * @param authEnabled if not, every request is the tenant {@code fake}'s, whatever its header says
 * @param together whether one request may read from several tenants
 */
public record Tenants(boolean authEnabled, boolean together) {
  /** Names the tenant. */
  public static final String HEADER = "X-Scope-OrgID";

  private static final String FAKE = "fake";
  private static final int MAX_LENGTH = 150;

  public Tenants(boolean authEnabled) {
    this(authEnabled, false);
  }

  /**
   * Returns whose entries a request reads: a tenant, or several in order, joined by {@code |},
   * which is in no tenant's name.
   *
   * @throws HttpException 401 without the header, 400 with one that is no tenant, or several that
   *     may not be read together
   */
  public String reading(Request request) {
    Set<String> tenants = new TreeSet<>(all(request));
    if (tenants.size() > 1 && !together) {
      throw new HttpException(400, "multiple org IDs present");
    }
    return String.join("|", tenants);
  }

  /**
   * Returns the tenant of a request.
   *
   * @throws HttpException 401 without the header, 400 with one that is no tenant, or several
   */
  public String single(Request request) {
    Set<String> tenants = all(request);
    if (tenants.size() > 1) {
      throw new HttpException(400, "multiple org IDs present\n");
    }
    return tenants.iterator().next();
  }

  /**
   * Returns the tenants that a request names, at least one.
   *
   * @throws HttpException 401 without the header, 400 with one that is no tenant
   */
  public Set<String> all(Request request) {
    if (!authEnabled) {
      return Set.of(FAKE);
    }
    String header = request.header(HEADER);
    if (header.isEmpty()) {
      throw new HttpException(401, "no org id\n");
    }
    Set<String> tenants = named(header);
    tenants.forEach(Tenants::check);
    return tenants;
  }

  /** Returns what a header names, whether it can be a tenant or not; at least one. */
  public static Set<String> named(String header) {
    Set<String> tenants = new LinkedHashSet<>();
    for (String id : header.split("\\|", -1)) {
      int colon = id.indexOf(':');
      tenants.add(colon < 0 ? id : id.substring(0, colon));
    }
    return tenants;
  }

  private static void check(String tenant) {
    for (int i = 0; i < tenant.length(); i++) {
      char c = tenant.charAt(i);
      boolean allowed =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "!-_.*'()".indexOf(c) >= 0;
      if (!allowed) {
        throw new HttpException(
            400, "tenant ID '" + tenant + "' contains unsupported character '" + c + "'\n");
      }
    }
    if (tenant.equals(".") || tenant.equals("..")) {
      throw new HttpException(400, "tenant ID is '.' or '..'\n");
    }
    if (tenant.length() > MAX_LENGTH) {
      throw new HttpException(400, "tenant ID is too long: max 150 characters\n");
    }
    if (tenant.isEmpty()) {
      throw new HttpException(401, "no org id\n");
    }
  }
}
