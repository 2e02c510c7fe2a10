package dev.skald.packaged;

import dev.skald.testing.Http;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server that runs from an {@link Image} as an engine would run it: user 10001, no capabilities,
 * and nothing but {@code /tmp} and {@code /var/loki} can be written. It takes the kernel's name
 * spaces, no engine.
 */
final class Container implements AutoCloseable {
  private static final long DEADLINE_NANOS = 60_000_000_000L;
  private static final String ENTRY = "src/test/resources/packaged/as-container";
  private static final String USER = "10001";

  private final Process process;
  private final Path log;
  private final int port;
  private final Http http;

  private Container(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.http = new Http("http://127.0.0.1:" + port);
  }

  /** Whether this machine lets the tests have name spaces of their own. */
  static boolean possible(Image image) throws IOException, InterruptedException {
    giveData(image);
    List<String> command = new ArrayList<>(entry(image));
    command.add("-version");
    return Shell.run(image.root(), Map.of(), command).status() == 0;
  }

  /**
   * Starts {@code /usr/bin/loki} and waits until it is ready.
   *
   * @param group the directory of a control group, or null
   */
  static Container start(Image image, Path group, String... arguments)
      throws IOException, InterruptedException {
    giveData(image);
    int port = freePort();
    List<String> command = new ArrayList<>(entry(image));
    command.addAll(List.of(arguments));
    command.add("-server.http-listen-port=" + port);
    Path log = Files.createTempFile("skald-container", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    if (group != null) {
      builder.environment().put("GROUP", group.toString());
    }
    Container container = new Container(builder.start(), log, port);
    container.awaitReady();
    return container;
  }

  private static void giveData(Image image) throws IOException, InterruptedException {
    if (isRoot()) {
      Shell.expectSuccess(image.root(), "chown", "-R", USER + ":" + USER, "var/loki");
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static List<String> entry(Image image) {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
    if (!isRoot()) {
      command.addAll(List.of("--user", "--map-user=" + USER, "--map-group=" + USER, "--keep-caps"));
    }
    command.add(Image.PROJECT.resolve(ENTRY).toString());
    command.addAll(List.of(image.root().toString(), "/usr/bin/loki"));
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    try {
      http.awaitReady(DEADLINE_NANOS);
    } catch (AssertionError e) {
      process.destroyForcibly();
      throw new AssertionError(log(), e);
    }
  }

  Http http() {
    return http;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** What the health check of the image says. */
  String health(Image image) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(entry(image));
    command.addAll(List.of("-health", "-health.url=http://127.0.0.1:" + port + "/ready"));
    Map<String, String> options = Map.of("JAVA_OPTS", "-Xmx32m");
    return Shell.run(image.root(), options, command).output().strip();
  }

  /** A file of {@code /proc} about the process. */
  String proc(String name) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), name));
  }

  /** Asks the process to stop and returns its exit status. */
  int terminate(int graceSeconds) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(graceSeconds, TimeUnit.SECONDS)) {
      throw new AssertionError("still there after " + graceSeconds + " s");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
