package dev.skald.storage.catalog;

import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads catalog files back into a state. A file begins with the state that the one before it came
 * to, so that reading begins at the newest file whose state is good. Bad bytes before good records
 * are reported and left out; what a crash has left unfinished at the end is cut off.
 */
final class CatalogRecovery {
  private static final Logger log = LoggerFactory.getLogger(CatalogRecovery.class);

  private static final byte[] MAGIC = "SKCR".getBytes(StandardCharsets.US_ASCII);

  private final CorruptionListener corruption;
  private final CatalogState state = new CatalogState();

  CatalogRecovery(CorruptionListener corruption) {
    this.corruption = corruption;
  }

  /**
   * Returns the state that files come to.
   *
   * @param files oldest first
   */
  CatalogState recover(List<Path> files) throws IOException {
    byte[][] contents = new byte[files.size()][];
    int first = 0;
    for (int i = files.size() - 1; i >= 0; i--) {
      contents[i] = Files.readAllBytes(files.get(i));
      if (beginsWithState(contents[i])) {
        first = i;
        break;
      }
    }
    for (int i = first; i < files.size(); i++) {
      replay(files.get(i), contents[i], i == files.size() - 1);
    }
    state.endReplay();
    return state;
  }

  private static boolean beginsWithState(byte[] bytes) {
    return Catalog.headIsGood(bytes)
        && CatalogRecord.goodLength(bytes, Catalog.FILE_HEAD) > 0
        && CatalogRecord.isState(bytes, Catalog.FILE_HEAD);
  }

  private void replay(Path file, byte[] bytes, boolean newest) throws IOException {
    if (!Catalog.headIsGood(bytes)) {
      report(file, 0, "the head of a catalog file of version 1 was wanted");
    }
    int at = Math.min(Catalog.FILE_HEAD, bytes.length);
    while (at < bytes.length) {
      int length = CatalogRecord.goodLength(bytes, at);
      if (length > 0) {
        apply(file, bytes, at, length);
        at += length;
        continue;
      }
      int next = nextGood(bytes, at + 1);
      if (next < 0) {
        endsBadly(file, bytes, at, newest);
        return;
      }
      report(file, at, (next - at) + " bytes are no record");
      at = next;
    }
  }

  private void apply(Path file, byte[] bytes, int at, int length) {
    try {
      CatalogRecord.apply(bytes, at, length, state);
    } catch (MalformedException | IllegalArgumentException failure) {
      report(file, at, failure.getMessage());
    }
  }

  private static int nextGood(byte[] bytes, int from) {
    for (int at = from; at <= bytes.length - CatalogRecord.HEAD; at++) {
      if (CatalogRecord.goodLength(bytes, at) > 0) {
        return at;
      }
    }
    return -1;
  }

  /** An edit that a crash cut short was never acknowledged; any other bad end may have been. */
  private void endsBadly(Path file, byte[] bytes, int at, boolean newest) throws IOException {
    if (newest && tornTail(bytes, at)) {
      log.warn("{} ends inside a record that was never acknowledged: cut at byte {}", file, at);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(at);
        channel.force(true);
      }
    } else {
      report(file, at, (bytes.length - at) + " bytes at the end are no record");
    }
  }

  /** Returns whether the bytes are what a crash leaves of the append of a record. */
  private static boolean tornTail(byte[] bytes, int at) {
    int end = bytes.length;
    while (end > at && bytes[end - 1] == 0) {
      end--;
    }
    if (end == at) {
      return true;
    }
    if (bytes.length - at < CatalogRecord.HEAD) {
      int compared = Math.min(MAGIC.length, bytes.length - at);
      return Arrays.equals(bytes, at, at + compared, MAGIC, 0, compared);
    }
    boolean tooShort =
        CatalogRecord.goodHead(bytes, at)
            && CatalogRecord.payloadLength(bytes, at) > bytes.length - at - CatalogRecord.HEAD;
    return tooShort || end < bytes.length;
  }

  private void report(Path file, long offset, String problem) {
    state.damage();
    corruption.corrupt(new CorruptDataException(file.toString(), offset, problem));
  }
}
