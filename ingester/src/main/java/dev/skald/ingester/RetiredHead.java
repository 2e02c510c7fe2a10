package dev.skald.ingester;

import dev.skald.storage.wal.WalWriter;
import java.util.Objects;

/**
 * A head that takes no more rows.
 *
 * @param log its open log file, or null if nobody holds it open
 * @param damaged whether the log file had bad bytes and is to be kept aside
 * @param owner drops the head once it is sealed
 * @param reason why it takes no more
 */
record RetiredHead(Head head, WalWriter log, boolean damaged, HeadList owner, SealReason reason) {
  RetiredHead {
    Objects.requireNonNull(head, "head is null");
    Objects.requireNonNull(owner, "owner is null");
  }
}
