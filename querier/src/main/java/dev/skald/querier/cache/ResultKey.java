package dev.skald.querier.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skald.logql.eval.EngineLimits;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What, beside the data and the time, the result of a metric query follows from. It takes the same
 * little memory whatever clients write.
 *
 * @param question names the tenants and the query
 * @param step in nanoseconds
 * @param hidesDeleted whether delete requests act
 */
public record ResultKey(String question, long step, EngineLimits limits, boolean hidesDeleted) {
  public ResultKey {
    Objects.requireNonNull(question, "question is null");
    Objects.requireNonNull(limits, "limits is null");
  }

  /**
   * @param tenant one, or several joined by {@code |}
   * @param query LogQL, as the client wrote it
   */
  public static ResultKey of(
      String tenant, String query, long step, EngineLimits limits, boolean hidesDeleted) {
    return new ResultKey(
        digest(tenant.length() + ":" + tenant + query), step, limits, hidesDeleted);
  }

  private static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
