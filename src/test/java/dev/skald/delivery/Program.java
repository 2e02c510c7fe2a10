package dev.skald.delivery;

import dev.skald.testing.Http;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that is another program, on a port that it keeps over its restarts. */
abstract class Program implements AutoCloseable {
  private static final long DEADLINE_NANOS = 60_000_000_000L;

  private final int port = freePort();
  private final Path directory;
  private final Path log;
  private final List<String> command;
  private final Http http = new Http("http://127.0.0.1:" + port);
  private Process process;

  /**
   * @param directory where it runs
   * @param command in which {@code PORT} stands for the port
   */
  Program(Path directory, Path log, List<String> command) {
    this.directory = directory;
    this.log = log;
    this.command = new ArrayList<>(command);
    this.command.replaceAll(word -> word.replace("PORT", Integer.toString(port)));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  Http http() {
    return http;
  }

  /** Starts it and waits until it is ready. */
  public void start() {
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!ready()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(command + " does not start: " + Files.readString(log));
      }
      RunningServer.pause();
    }
  }

  private boolean ready() {
    try {
      return http.get("/-/ready").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  public void stop() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
