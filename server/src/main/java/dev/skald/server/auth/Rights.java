package dev.skald.server.auth;

import dev.skald.config.AuthConfig.User;
import dev.skald.server.http.Gate.Admission;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Tenants;

/** What one user may do. */
record Rights(User user) {
  /** Decides on a request that is proven to be the user's. */
  Admission admit(Request request, String pattern) {
    Purpose purpose = Purpose.of(request.method(), pattern);
    if (purpose.writes() ? !user.access().writes() : !user.access().reads()) {
      return refused(purpose.writes() ? "may not write" : "may not read");
    }
    if (user.tenants().isEmpty()) {
      return new Admission.Granted(request);
    }
    if (purpose.everybodys()) {
      return refused("may not use what concerns all tenants");
    }
    return withTenant(request);
  }

  /** A user of one tenant need not name it. */
  private Admission withTenant(Request request) {
    String header = request.header(Tenants.HEADER);
    if (header.isEmpty()) {
      return new Admission.Granted(
          user.tenants().size() == 1
              ? request.withHeader(Tenants.HEADER, user.tenants().iterator().next())
              : request);
    }
    for (String tenant : Tenants.named(header)) {
      if (!user.tenants().contains(tenant)) {
        return refused("may not use the tenant " + tenant);
      }
    }
    return new Admission.Granted(request);
  }

  private Admission refused(String why) {
    return new Admission.Refused(Response.line(403, user.name() + " " + why));
  }
}
