package dev.skald.server.auth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/**
 * The subcommand {@code skald hash-password}: reads a password, or a token, and prints what of it
 * goes into a configuration.
 */
public final class HashCommand {
  /** What the command is called by. */
  public static final String NAME = "hash-password";

  private static final String USAGE =
      """
      usage: skald hash-password [-token]
        reads a line and prints the password_hash for it, with -token the token_hash
      """;
  private static final int GOOD = 0;
  private static final int BAD = 1;
  private static final int WRONG_USE = 2;

  private HashCommand() {}

  /**
   * Runs the command.
   *
   * @param arguments those behind its name
   * @return the exit status
   */
  public static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
    boolean token = arguments.equals(List.of("-token"));
    if (!token && !arguments.isEmpty()) {
      err.print(USAGE);
      return WRONG_USE;
    }
    try {
      String line =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
      if (line == null || line.isEmpty()) {
        err.println("there is nothing to hash");
        return BAD;
      }
      out.println(
          token ? TokenHash.of(line).text() : PasswordHash.of(line, new SecureRandom()).text());
      return GOOD;
    } catch (IOException e) {
      err.println("cannot read: " + e.getMessage());
      return BAD;
    }
  }
}
