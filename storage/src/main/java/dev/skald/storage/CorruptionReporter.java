package dev.skald.storage;

import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each bad place once and passes on every report of one. Safe for use by any thread. */
final class CorruptionReporter implements CorruptionListener {
  private static final Logger log = LoggerFactory.getLogger(CorruptionReporter.class);

  /** More places than this are not told apart any more: they are logged again. */
  private static final int MOST_PLACES = 10_000;

  private final CorruptionListener listener;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  CorruptionReporter(CorruptionListener listener) {
    this.listener = listener;
  }

  @Override
  public void corrupt(CorruptDataException what) {
    if (logged.size() > MOST_PLACES) {
      logged.clear();
    }
    if (logged.add(what.path() + "@" + what.offset())) {
      log.error("{}; it is left out", what.getMessage());
    }
    listener.corrupt(what);
  }
}
