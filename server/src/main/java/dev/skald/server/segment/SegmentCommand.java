package dev.skald.server.segment;

import dev.skald.config.ConfigException;
import dev.skald.config.S3Config;
import dev.skald.config.load.CommandLine;
import dev.skald.config.load.ConfigLoader;
import dev.skald.config.load.Surroundings;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.S3Store;
import dev.skald.storage.segment.SegmentBytes;
import dev.skald.storage.segment.SegmentInspection;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The subcommand {@code skald segment}: checks a segment and prints what it holds. */
public final class SegmentCommand {
  /** What the command is called by. */
  public static final String NAME = "segment";

  private static final String S3 = "s3://";
  private static final int GOOD = 0;
  private static final int BAD = 1;
  private static final int USAGE = 2;

  private SegmentCommand() {}

  /**
   * Runs the command.
   *
   * @param arguments those behind its name
   * @param out takes UTF-8
   * @return the exit status
   */
  public static int run(List<String> arguments, PrintStream out, PrintStream err) {
    SegmentArguments wanted;
    try {
      wanted = SegmentArguments.read(arguments);
    } catch (IllegalArgumentException e) {
      err.print((e.getMessage().isEmpty() ? "" : e.getMessage() + "\n") + SegmentArguments.USAGE);
      return USAGE;
    }
    try {
      return print(inspect(wanted), wanted, out);
    } catch (CorruptDataException e) {
      err.println(e.getMessage());
    } catch (NoSuchFileException e) {
      err.println("there is no " + wanted.target());
    } catch (ConfigException e) {
      err.println(e.getMessage());
    } catch (IOException | IllegalArgumentException e) {
      err.println("cannot read " + wanted.target() + ": " + e.getMessage());
    }
    return BAD;
  }

  private static SegmentInspection inspect(SegmentArguments wanted) throws IOException {
    String target = wanted.target();
    if (target.startsWith("http://") || target.startsWith("https://")) {
      try (HttpSegment segment = new HttpSegment(URI.create(target))) {
        return SegmentInspection.of(segment);
      }
    }
    if (target.startsWith(S3)) {
      return inspectS3(target.substring(S3.length()), wanted.configFile());
    }
    return SegmentInspection.of(SegmentBytes.of(Path.of(target)));
  }

  private static SegmentInspection inspectS3(String place, String configFile) throws IOException {
    int slash = place.indexOf('/');
    if (slash < 1 || slash == place.length() - 1) {
      throw new IllegalArgumentException("wanted s3://BUCKET/KEY");
    }
    S3Config config = configured(configFile).inBucket(place.substring(0, slash));
    try (S3Store store = S3Store.open(config, (operation, outcome, nanos, bytes) -> {})) {
      return SegmentInspection.of(SegmentBytes.of(store, place.substring(slash + 1)));
    }
  }

  /** Returns how the store is reached, by the default chain where no file says it. */
  private static S3Config configured(String file) {
    if (file.isEmpty()) {
      return S3Config.none();
    }
    CommandLine commandLine =
        new CommandLine(List.of(Path.of(file)), Set.of(), "", List.of(), List.of());
    return ConfigLoader.load(commandLine, Surroundings.ofProcess()).config().storage().s3();
  }

  private static int print(SegmentInspection segment, SegmentArguments wanted, PrintStream out) {
    if (wanted.json()) {
      out.println(SegmentJson.of(segment, wanted.limit()));
    } else {
      out.print(SegmentText.of(segment, wanted.limit()));
    }
    out.flush();
    return segment.problems().isEmpty() ? GOOD : BAD;
  }
}
