package dev.skald.server.auth;

import dev.skald.config.AuthConfig;
import dev.skald.config.AuthConfig.User;
import dev.skald.server.http.Gate;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Lets in who is configured, to do what it may. Tokens and passwords that were checked of late are
 * decided at once; other passwords take a slow hash, few at a time, so that wrong ones cannot keep
 * the machine busy.
 */
public final class Users implements Gate {
  private static final int REMEMBERED = 4096;
  private static final int WAITING = 64;
  private static final int CHEAPEST = 1;
  private static final Map<String, String> CHALLENGE =
      Map.of(
          "WWW-Authenticate",
          "Basic realm=\"Skald\", charset=\"UTF-8\"",
          "X-Content-Type-Options",
          "nosniff");

  private static final Admission UNKNOWN =
      new Admission.Refused(
          Response.line(401, "wrong or missing credentials").withHeaders(CHALLENGE));

  private static final Admission BUSY =
      new Admission.Refused(Response.line(429, "too many passwords are being checked, try again"));

  private record Known(User user, Optional<PasswordHash> password, Optional<TokenHash> token) {}

  private final List<Known> known = new ArrayList<>();
  private final AuthConfig config;
  private final CheckedPasswords checked;
  private final PasswordHash nobodys;
  private final Semaphore hashing;
  private final Semaphore waiting = new Semaphore(WAITING);

  /**
   * @param atATime how many passwords may be hashed at a time
   */
  public Users(AuthConfig config, SecureRandom random, int atATime) {
    this.config = config;
    this.checked = new CheckedPasswords(REMEMBERED, random);
    this.hashing = new Semaphore(atATime);
    for (User user : config.users()) {
      known.add(
          new Known(
              user,
              Optional.of(user.passwordHash()).filter(h -> !h.isEmpty()).map(PasswordHash::parse),
              Optional.of(user.tokenHash()).filter(h -> !h.isEmpty()).map(TokenHash::parse)));
    }
    this.nobodys = PasswordHash.of("", mostIterations(), random);
  }

  private int mostIterations() {
    return known.stream()
        .flatMap(k -> k.password.stream())
        .mapToInt(PasswordHash::iterations)
        .max()
        .orElse(CHEAPEST);
  }

  @Override
  public Admission admit(Request request, String pattern) {
    if (config.publicPaths().contains(pattern)) {
      return new Admission.Granted(request);
    }
    Optional<Credentials> credentials = Credentials.parse(request.header("Authorization"));
    return switch (credentials.orElse(null)) {
      case null -> UNKNOWN;
      case Credentials.Bearer(String token) -> decide(byToken(token), request, pattern);
      case Credentials.Basic basic -> admit(basic, request, pattern);
    };
  }

  private Admission admit(Credentials.Basic basic, Request request, String pattern) {
    Optional<Known> named =
        known.stream().filter(k -> k.user.name().equals(basic.name())).findFirst();
    TokenHash given = TokenHash.of(basic.password());
    if (named.isPresent() && named.get().token.filter(given::matches).isPresent()) {
      return decide(named, request, pattern);
    }
    Optional<Boolean> outcome = checked.outcome(basic);
    return outcome.isPresent()
        ? decide(outcome.get() ? named : Optional.empty(), request, pattern)
        : new Admission.Undecided(() -> check(basic, named, request, pattern));
  }

  private Optional<Known> byToken(String token) {
    TokenHash given = TokenHash.of(token);
    Optional<Known> found = Optional.empty();
    for (Known one : known) {
      if (one.token.filter(given::matches).isPresent()) {
        found = Optional.of(one);
      }
    }
    return found;
  }

  private Admission check(
      Credentials.Basic basic, Optional<Known> named, Request request, String pattern)
      throws InterruptedException {
    if (!waiting.tryAcquire()) {
      return BUSY;
    }
    try {
      hashing.acquire();
      try {
        boolean right = checked.outcome(basic).orElseGet(() -> hash(basic, named));
        checked.remember(basic, right);
        return decide(right ? named : Optional.empty(), request, pattern);
      } finally {
        hashing.release();
      }
    } finally {
      waiting.release();
    }
  }

  /** A name that nobody has takes as long as a wrong password. */
  private boolean hash(Credentials.Basic basic, Optional<Known> named) {
    Optional<PasswordHash> right = named.flatMap(Known::password);
    return right.orElse(nobodys).matches(basic.password()) && right.isPresent();
  }

  private static Admission decide(Optional<Known> known, Request request, String pattern) {
    return known.isPresent() ? new Rights(known.get().user).admit(request, pattern) : UNKNOWN;
  }
}
