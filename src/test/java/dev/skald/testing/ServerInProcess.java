package dev.skald.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A server in a process of its own, which can be killed. */
public final class ServerInProcess implements AutoCloseable {
  private static final long DEADLINE_NANOS = 120_000_000_000L;

  private final Process process;
  private final Http http;

  private ServerInProcess(Process process, Http http) {
    this.process = process;
    this.http = http;
  }

  /** Starts a server with the classes of this test and waits until it is ready. */
  public static ServerInProcess start(Path directory, String limits) throws IOException {
    return start(directory, limits, "-Xmx256m");
  }

  /**
   * @param heap option of the Java machine
   */
  public static ServerInProcess start(Path directory, String limits, String heap)
      throws IOException {
    return start(directory, port -> RunningServer.config(directory, port, limits), heap);
  }

  /**
   * @param config makes the configuration, given a port
   */
  public static ServerInProcess start(Path directory, IntFunction<String> config, String heap)
      throws IOException {
    int port = freePort();
    Process process = launch(directory, config.apply(port), heap);
    Http http = new Http("http://127.0.0.1:" + port);
    http.awaitReady(DEADLINE_NANOS);
    return new ServerInProcess(process, http);
  }

  /** Starts a server that is to end at once; returns its exit status and what it has said. */
  public static Refused refused(Path directory) throws IOException, InterruptedException {
    Path own = Files.createDirectory(directory.resolve("refused"));
    String config = RunningServer.config(directory, freePort(), "");
    Process process = launch(own, config, "-Xmx64m");
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the server goes on");
      }
      return new Refused(process.exitValue(), Files.readString(own.resolve("server.log")));
    } finally {
      process.destroyForcibly();
    }
  }

  /** How a server ended that could not start. */
  public record Refused(int status, String output) {}

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process launch(Path directory, String yaml, String heap) throws IOException {
    Path config = directory.resolve("config.yaml");
    Files.writeString(config, yaml);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.skald.server.Main",
            "-config.file=" + config)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("server.log").toFile())
        .start();
  }

  public Http http() {
    return http;
  }

  /** Returns how many bytes of its heap are in use after a collection. */
  public long liveHeapBytes() throws IOException, InterruptedException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String output = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    histogram.waitFor();
    String[] total = output.substring(output.indexOf("Total")).strip().split("\\s+");
    return Long.parseLong(total[2]);
  }

  /** Ends the process with SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks the process to stop with SIGTERM and returns its exit status. */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the server has not stopped");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
