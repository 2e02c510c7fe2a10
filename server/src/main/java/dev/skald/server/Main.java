package dev.skald.server;

import dev.skald.config.ConfigException;
import dev.skald.config.Notice;
import dev.skald.config.load.CommandLine;
import dev.skald.config.load.CommandLine.Option;
import dev.skald.config.load.ConfigLoader;
import dev.skald.config.load.ConfigPrinter;
import dev.skald.config.load.FlagReader;
import dev.skald.config.load.LoadedConfig;
import dev.skald.config.load.Surroundings;
import dev.skald.server.auth.HashCommand;
import dev.skald.server.segment.SegmentCommand;
import dev.skald.server.status.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length > 0 && arguments[0].equals(SegmentCommand.NAME)) {
      System.exit(segment(List.of(arguments).subList(1, arguments.length)));
    }
    if (arguments.length > 0 && arguments[0].equals(HashCommand.NAME)) {
      List<String> rest = List.of(arguments).subList(1, arguments.length);
      System.exit(HashCommand.run(rest, System.in, System.out, System.err));
    }
    try {
      CommandLine commandLine = FlagReader.read(List.of(arguments));
      if (answered(commandLine, System.out)) {
        return;
      }
      run(commandLine);
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(e.exitCode());
    } catch (IOException e) {
      LOG.error("cannot start", e);
      System.err.println("Skald cannot start: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  /** Whatever the terminal's encoding, what goes to another program is UTF-8. */
  private static int segment(List<String> arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    return SegmentCommand.run(arguments, out, System.err);
  }

  /** Answers what needs no server; returns whether that was all. */
  private static boolean answered(CommandLine commandLine, PrintStream out) {
    if (commandLine.has(Option.HELP)) {
      out.print(FlagReader.usage());
      System.exit(USAGE);
    }
    if (commandLine.has(Option.VERSION)) {
      out.println("skald, version " + Version.current() + " (speaks Loki 3.7.6)");
      out.println("  java version:     " + Runtime.version());
      out.println(
          "  platform:         "
              + System.getProperty("os.name")
              + "/"
              + System.getProperty("os.arch"));
      return true;
    }
    if (commandLine.has(Option.LIST_TARGETS)) {
      out.println("all\n  distributor, ingester, querier, query-frontend, ruler, compactor");
      out.println("read\n  querier, query-frontend, query-scheduler");
      return true;
    }
    if (commandLine.has(Option.HEALTH)) {
      boolean healthy = HealthProbe.ask(commandLine.healthUrl());
      out.println(healthy ? "Skald is healthy" : "Skald is not healthy");
      System.exit(healthy ? 0 : FAILED);
    }
    return false;
  }

  private static void run(CommandLine commandLine) throws IOException, InterruptedException {
    LoadedConfig loaded = ConfigLoader.load(commandLine, Surroundings.ofProcess());
    if (commandLine.has(Option.PRINT_CONFIG)) {
      System.err.println("---\n# Loki Config\n# skald " + Version.current());
      System.err.print(ConfigPrinter.yaml(loaded.settings()));
    }
    Logging.start(loaded.config().server().log());
    loaded.notices().forEach(Main::log);
    if (commandLine.has(Option.VERIFY_CONFIG)) {
      LOG.info("config is valid");
      return;
    }
    LOG.info("Starting Skald, version {}, config {}", Version.current(), loaded.source());
    Server server = Server.start(loaded, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
    System.out.print(Welcome.text(loaded.config(), server.port()));
    server.awaitTermination();
    LOG.info("A client has asked for the end");
    System.exit(0);
  }

  private static void log(Notice notice) {
    if (notice.warning()) {
      LOG.warn("{}", notice);
    } else {
      LOG.info("{}", notice);
    }
  }

  /** A stop that was asked for and went well is no failure: the exit status is 0. */
  private static void stop(Server server) {
    int status = 0;
    try {
      server.close();
      LOG.info("Skald stopped");
    } catch (IOException | RuntimeException e) {
      LOG.error("stopping failed; what is in the log is replayed at the next start", e);
      status = FAILED;
    }
    Runtime.getRuntime().halt(status);
  }
}
