package dev.skald.config;

/**
 * How a client proves itself: nothing, basic, or an {@code Authorization} header of type and
 * credentials.
 *
 * @param passwordFile read for each request where {@code password} is empty
 * @param type of the header, as {@code Bearer}
 * @param credentialsFile read for each request where {@code credentials} is empty
 */
public record HttpAuth(
    String username,
    String password,
    String passwordFile,
    String type,
    String credentials,
    String credentialsFile) {
  public static final HttpAuth NONE = new HttpAuth("", "", "", "Bearer", "", "");

  public HttpAuth {
    Check.present(username, "username");
    Check.present(password, "password");
    Check.present(passwordFile, "password_file");
    Check.present(type, "type");
    Check.present(credentials, "credentials");
    Check.present(credentialsFile, "credentials_file");
  }

  public static HttpAuth basic(String username, String password) {
    return new HttpAuth(username, password, "", "Bearer", "", "");
  }

  @Override
  public String toString() {
    return "HttpAuth[" + (username.isEmpty() ? type : username) + ", ********]";
  }
}
