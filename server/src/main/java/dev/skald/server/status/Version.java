package dev.skald.server.status;

/** The version of this build. */
public final class Version {
  private Version() {}

  /** Returns the version in the jar's manifest, or {@code dev} outside of one. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
