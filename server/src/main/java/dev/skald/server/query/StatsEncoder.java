package dev.skald.server.query;

import dev.skald.logql.eval.EvalStats;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Scalar;
import dev.skald.logql.eval.QueryResult.Series;
import dev.skald.logql.eval.QueryResult.Streams;
import dev.skald.logql.eval.QueryResult.Vector;
import dev.skald.logql.eval.SourceStats;
import dev.skald.querier.Answer;
import dev.skald.querier.cache.CacheUse;

/**
 * The {@code stats} object of an answer, every field of it in Loki's order (http-api.md §3.5). What
 * Skald has no counterpart of is zero.
 */
final class StatsEncoder {
  private static final String RESULTS = "result";
  private static final String[] CACHES = {
    "chunk",
    "index",
    RESULTS,
    "statsResult",
    "volumeResult",
    "seriesResult",
    "labelResult",
    "instantMetricResult"
  };
  private static final String DATAOBJ =
      "{\"prePredicateDecompressedRows\":0,\"prePredicateDecompressedBytes\":0,"
          + "\"prePredicateDecompressedStructuredMetadataBytes\":0,\"postPredicateRows\":0,"
          + "\"postPredicateDecompressedBytes\":0,\"postPredicateStructuredMetadataBytes\":0,"
          + "\"postFilterRows\":0,\"pagesScanned\":0,\"pagesDownloaded\":0,"
          + "\"pagesDownloadedBytes\":0,\"pageBatches\":0,\"totalRowsAvailable\":0,"
          + "\"totalPageDownloadTime\":0}";

  private StatsEncoder() {}

  static void encode(JsonOutput out, Answer answer) {
    summary(out.raw("{\"summary\":"), answer);
    EvalStats stats = answer.stats();
    out.raw(",\"querier\":{\"store\":");
    store(out, stats.stored(), false);
    out.raw(",\"querierExecTime\":").secondsFromNanos(answer.runNanos());
    SourceStats recent = stats.recent();
    out.raw("},\"ingester\":{\"totalReached\":").number(recent.blocksSelected() > 0 ? 1 : 0);
    out.raw(",\"totalChunksMatched\":").number(recent.blocksSelected());
    out.raw(",\"totalBatches\":").number(recent.blocks());
    out.raw(",\"totalLinesSent\":").number(recent.rowsKept()).raw(",\"store\":");
    store(out, recent, true);
    out.raw("},\"cache\":{");
    caches(out, answer.cache());
    out.raw("},\"index\":{\"totalChunks\":").number(stats.stored().blocksSelected());
    out.raw(",\"postFilterChunks\":").number(stats.stored().blocksSelected());
    out.raw(",\"shardsDuration\":0,\"usedBloomFilters\":false,\"totalStreams\":0,");
    out.raw("\"chunkRefsLookupTime\":0,\"bloomFilterTime\":0}}");
  }

  /** Skald has no cache but that of results. */
  private static void caches(JsonOutput out, CacheUse results) {
    for (int i = 0; i < CACHES.length; i++) {
      out.raw(i == 0 ? "\"" : ",\"").raw(CACHES[i]).raw("\":");
      cache(out, CACHES[i].equals(RESULTS) ? results : CacheUse.NONE);
    }
  }

  private static void cache(JsonOutput out, CacheUse use) {
    out.raw("{\"entriesFound\":").number(use.found());
    out.raw(",\"entriesRequested\":").number(use.requested());
    out.raw(",\"entriesStored\":").number(use.stored());
    out.raw(",\"bytesReceived\":").number(use.bytesFound());
    out.raw(",\"bytesSent\":").number(use.bytesStored());
    out.raw(",\"requests\":").number(use.requests());
    out.raw(",\"downloadTime\":0,\"queryLengthServed\":").number(use.servedNanos()).raw('}');
  }

  private static void summary(JsonOutput out, Answer answer) {
    EvalStats stats = answer.stats();
    long nanos = Math.max(answer.runNanos(), 1);
    out.raw("{\"bytesProcessedPerSecond\":").number(perSecond(stats.lineBytes(), nanos));
    out.raw(",\"linesProcessedPerSecond\":").number(perSecond(stats.rows(), nanos));
    out.raw(",\"totalBytesProcessed\":").number(stats.lineBytes());
    out.raw(",\"totalLinesProcessed\":").number(stats.rows());
    out.raw(",\"execTime\":").secondsFromNanos(answer.queuedNanos() + answer.runNanos());
    out.raw(",\"queueTime\":").secondsFromNanos(answer.queuedNanos());
    out.raw(",\"subqueries\":0,\"totalEntriesReturned\":");
    out.number(entries(answer.result())).raw(",\"splits\":").number(stats.splits());
    out.raw(",\"shards\":0,\"totalPostFilterLines\":").number(stats.rowsKept());
    out.raw(",\"totalStructuredMetadataBytesProcessed\":").number(stats.metadataBytes()).raw('}');
  }

  /** Returns how many lines or samples there are. */
  private static long entries(QueryResult result) {
    return switch (result) {
      case Streams streams -> streams.entries().size();
      case Matrix matrix -> samples(matrix);
      case Vector vector -> vector.labels().size();
      case Scalar scalar -> 1;
    };
  }

  private static long samples(Matrix matrix) {
    long samples = 0;
    for (Series series : matrix.series()) {
      samples += series.times().length;
    }
    return samples;
  }

  private static long perSecond(long amount, long nanos) {
    return (long) (amount * 1e9 / nanos);
  }

  /**
   * @param head whether the blocks are in memory, and so need no decompression
   */
  private static void store(JsonOutput out, SourceStats stats, boolean head) {
    SourceStats none = new SourceStats();
    SourceStats inMemory = head ? stats : none;
    SourceStats compressed = head ? none : stats;
    out.raw("{\"totalChunksRef\":").number(compressed.blocksSelected());
    out.raw(",\"totalChunksDownloaded\":").number(compressed.blocks());
    out.raw(",\"chunksDownloadTime\":").number(compressed.readNanos());
    out.raw(",\"queryReferencedStructuredMetadata\":false,");
    out.raw("\"queryUsedV2Engine\":false,\"chunk\":{\"headChunkBytes\":");
    out.number(inMemory.lineBytes()).raw(",\"headChunkLines\":").number(inMemory.rows());
    out.raw(",\"decompressedBytes\":").number(compressed.lineBytes());
    out.raw(",\"decompressedLines\":").number(compressed.rows());
    out.raw(",\"compressedBytes\":").number(compressed.storedBytes());
    out.raw(",\"totalDuplicates\":0,\"postFilterLines\":");
    out.number(stats.rowsKept());
    out.raw(",\"headChunkStructuredMetadataBytes\":").number(inMemory.metadataBytes());
    out.raw(",\"decompressedStructuredMetadataBytes\":").number(compressed.metadataBytes());
    out.raw("},\"chunkRefsFetchTime\":").number(compressed.selectNanos()).raw(',');
    out.raw("\"congestionControlLatency\":0,\"pipelineWrapperFilteredLines\":0,\"dataobj\":");
    out.raw(DATAOBJ).raw('}');
  }
}
