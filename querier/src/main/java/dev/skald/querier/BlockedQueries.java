package dev.skald.querier;

import dev.skald.config.QueryCostLimits.BlockedQuery;
import dev.skald.logql.QueryException;
import dev.skald.logql.regex.Regex;
import dev.skald.logql.syntax.Expr;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Refuses the queries that an operator has blocked ({@code blocked_queries}). */
public final class BlockedQueries {
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private BlockedQueries() {}

  /**
   * @param listener hears of a query that is refused
   * @throws QueryException if one of the blocks meets the query
   */
  static void check(
      List<BlockedQuery> blocks, Caller caller, String text, Expr expr, QueryListener listener) {
    for (BlockedQuery block : blocks) {
      if (meetsText(block, text) && meetsType(block, expr) && meetsTags(block, caller)) {
        listener.blocked(caller, text);
        throw QueryException.badRequest("query blocked by policy");
      }
    }
  }

  /** A hash decides alone; without a hash or a pattern every text is meant. */
  private static boolean meetsText(BlockedQuery block, String text) {
    if (block.hash() > 0) {
      return block.hash() == hash(text);
    }
    if (block.pattern().isEmpty()) {
      return true;
    }
    if (!block.regex()) {
      return block.pattern().strip().equals(text.strip());
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Regex.compile(block.pattern()).find(bytes, 0, bytes.length);
  }

  /** Returns the FNV-1 hash of a query, as Loki logs it, without sign. */
  public static long hash(String text) {
    int hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = hash * FNV_PRIME ^ b & 0xff;
    }
    return Integer.toUnsignedLong(hash);
  }

  private static boolean meetsType(BlockedQuery block, Expr expr) {
    return block.types().isEmpty() || block.types().contains(QueryType.of(expr).label());
  }

  private static boolean meetsTags(BlockedQuery block, Caller caller) {
    for (Map.Entry<String, String> tag : block.tags().entrySet()) {
      if (!caller.isTagged(tag.getKey(), tag.getValue())) {
        return false;
      }
    }
    return true;
  }
}
