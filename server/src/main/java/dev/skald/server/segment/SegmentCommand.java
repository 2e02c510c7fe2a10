package dev.skald.server.segment;

import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.segment.SegmentBytes;
import dev.skald.storage.segment.SegmentInspection;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The subcommand {@code skald segment}: checks a segment and prints what it holds. */
public final class SegmentCommand {
  /** What the command is called by. */
  public static final String NAME = "segment";

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
    return SegmentInspection.of(SegmentBytes.of(Path.of(target)));
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
