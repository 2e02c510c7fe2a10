package dev.skald.storage.wal;

import dev.skald.storage.catalog.LogId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the files of the log lie, each under a number. Safe for use by any thread; a {@link File}
 * is for one thread at a time.
 */
public interface WalStore {

  /** Returns the id of the log, which stays the same as long as its files do. */
  LogId id();

  /** Returns the numbers of the files, in order. */
  List<Long> numbers() throws IOException;

  /** Returns the least number that is above that of every file, quarantined ones included. */
  long nextNumber() throws IOException;

  /** Makes an empty file whose name survives a crash; it must not exist. */
  File create(long number) throws IOException;

  /** Opens a file for reading. */
  File open(long number) throws IOException;

  /** Returns how many bytes a file has. */
  default long size(long number) throws IOException {
    try (File file = open(number)) {
      return file.size();
    }
  }

  /** Removes a file for good, a crash included; one that is not there is no error. */
  void delete(long number) throws IOException;

  /** Returns the path of a file, for messages. */
  String path(long number);

  /** Puts a file with bad bytes aside, where nothing reads or deletes it; returns its new path. */
  String quarantine(long number) throws IOException;

  /** Returns how much of the disk is in use, 0 to 1. */
  double usedShare() throws IOException;

  /** An open file of the log. Offsets and sizes in bytes. */
  interface File extends Closeable {

    /** Writes all remaining bytes at an offset. */
    void write(ByteBuffer bytes, long offset) throws IOException;

    /** Reads into what remains of the buffer; returns how many bytes, -1 at the end. */
    int read(ByteBuffer bytes, long offset) throws IOException;

    /** Returns once everything written is on stable storage. */
    void force() throws IOException;

    void truncate(long size) throws IOException;

    long size() throws IOException;
  }
}
