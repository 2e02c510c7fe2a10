package dev.skald.distributor;

import dev.skald.config.DistributorConfig;
import dev.skald.config.IngestLimits;
import dev.skald.config.Limits;
import dev.skald.config.Overrides;
import dev.skald.distributor.PushOutcome.Format;
import dev.skald.ingester.Ingester;
import dev.skald.ingester.PushResult;
import dev.skald.ingester.PushResult.StreamRejection;
import dev.skald.ingester.WriteUnavailableException;
import dev.skald.storage.wal.PushRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The front door for writes: validates, enriches, limits, and hashes streams to the shards. Safe
 * for use by any thread; a push blocks until the log holds it.
 */
public final class Distributor {
  private static final String TOO_LARGE =
      "push of %d bytes for one shard, at most " + (PushRecord.MAX_BYTES >> 20) + " MiB are taken";

  private static final String TOO_WIDE =
      "push with more names of structured metadata than can be stored together: %d names and %d"
          + " entries for one shard, at most %d names, and at most %d names times entries";

  /** A session with larger buffers is better let go. */
  private static final long MOST_KEPT_BYTES = 2 << 20;

  /** What is remembered of streams may take this part of the heap. */
  private static final int REMEMBERED_PARTS = 16;

  /** From so many tenants on, those that have not pushed for long are forgotten. */
  private static final int MANY_TENANTS = 10_000;

  private final Ingester ingester;
  private final DistributorConfig config;
  private final Overrides overrides;
  private final InstantSource clock;
  private final DistributorMetrics metrics;

  private final StreamResolver resolver =
      new StreamResolver(Runtime.getRuntime().maxMemory() / REMEMBERED_PARTS);
  private final Map<IngestLimits, LevelEnricher> levels = new ConcurrentHashMap<>();
  private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();
  private final AtomicInteger manyTenants = new AtomicInteger(MANY_TENANTS);
  private final ConcurrentLinkedQueue<PushSession> idleSessions = new ConcurrentLinkedQueue<>();

  public Distributor(
      Ingester ingester,
      DistributorConfig config,
      Overrides overrides,
      InstantSource clock,
      DistributorMetrics metrics) {
    this.ingester = ingester;
    this.config = config;
    this.overrides = overrides;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Stores the valid entries of a push and returns once they are durable.
   *
   * @throws InterruptedException if the caller is to stop waiting; entries may be stored
   */
  public PushOutcome push(String tenant, PushRequest request, Format format)
      throws InterruptedException {
    if (request.streams() == 0) {
      return new PushOutcome(
          new Rejection(
              "missing_streams",
              Rejection.Status.NOTHING_TO_TAKE,
              "error at least one valid stream is required for ingestion"));
    }
    PushSession idle = idleSessions.poll();
    PushSession session = idle != null ? idle : new PushSession(ingester.shards());
    PushOutcome outcome =
        push(new Push(tenant, request, format, overrides.limits(tenant)), session);
    if (session.capacity() <= MOST_KEPT_BYTES) {
      session.end();
      idleSessions.add(session);
    }
    return outcome;
  }

  private record Push(String tenant, PushRequest request, Format format, Limits limits) {}

  private PushOutcome push(Push push, PushSession session) throws InterruptedException {
    Rejections rejections = new Rejections();
    try {
      validate(push, session, rejections);
    } catch (LabelParseException e) {
      return new PushOutcome(
          Rejection.badRequest("invalid_labels", "couldn't parse labels: " + e.getMessage()));
    } catch (PushSession.TooWideException e) {
      return new PushOutcome(
          Rejection.badRequest(
              "push_too_wide",
              TOO_WIDE.formatted(
                  e.names(), e.entries(), PushSession.MOST_NAMES, PushSession.MOST_CELLS)));
    }
    PushSession.Tally tally = session.tally();
    Rejection limited = limitRate(push, tally);
    if (limited != null) {
      metrics.discarded(push.tenant, push.format, limited.reason(), tally.lines, tally.bytes);
      return new PushOutcome(limited);
    }
    metrics.received(push.tenant, push.format, tally.lines, tally.bytes, tally.metadataBytes);
    Rejection refused = send(push, session);
    if (refused != null) {
      return new PushOutcome(refused);
    }
    Rejection left = rejections.summary();
    return left == null ? PushOutcome.TAKEN : new PushOutcome(left);
  }

  /** Streams are resolved one after the other, as a push may have more than fit into memory. */
  private void validate(Push push, PushSession session, Rejections rejections)
      throws LabelParseException, PushSession.TooWideException {
    PushRequest request = push.request;
    IngestLimits limits = push.limits.ingest();
    Instant now = clock.instant();
    Rejection block = Block.at(now, push.tenant, push.limits.admission());
    EntryCheck check = new EntryCheck(limits, nanos(now));
    LevelEnricher enricher = enricher(limits);
    PushSession.RejectionSink sink =
        (rejection, lines, bytes) -> {
          rejections.add(rejection);
          metrics.discarded(push.tenant, push.format, rejection.reason(), lines, bytes);
        };
    session.begin(push.tenant);
    for (int i = 0; i < request.streams(); i++) {
      ResolvedStream own = resolver.resolve(push.tenant, push.limits, request.labels(i));
      ResolvedStream stream = block == null ? own : own.refused(block);
      int shard = ingester.shard(stream.hash());
      session.add(request, i, new PushSession.Target(stream, shard, enricher), check, sink);
    }
  }

  private LevelEnricher enricher(IngestLimits limits) {
    if (!limits.discoverLogLevels() || !limits.allowStructuredMetadata()) {
      return null;
    }
    return levels.computeIfAbsent(limits, LevelEnricher::new);
  }

  private Rejection limitRate(Push push, PushSession.Tally tally) {
    IngestLimits limits = push.limits.ingest();
    if (limits.ingestionRate() <= 0) {
      return null;
    }
    if (buckets.size() >= manyTenants.get() && !buckets.containsKey(push.tenant)) {
      buckets.values().removeIf(TokenBucket::isFull);
      manyTenants.set(Math.max(MANY_TENANTS, 2 * buckets.size()));
    }
    TokenBucket bucket =
        buckets.computeIfAbsent(
            push.tenant, tenant -> new TokenBucket(clock, limits.ingestionBurst()));
    if (bucket.take(tally.bytes, limits.ingestionRate(), limits.ingestionBurst())) {
      return null;
    }
    String text =
        ("ingestion rate limit exceeded for user %s (limit: %d bytes/sec) while attempting to"
                + " ingest '%d' lines totaling '%d' bytes, reduce log volume or contact your Loki"
                + " administrator to see if the limit can be increased")
            .formatted(push.tenant, (long) limits.ingestionRate(), tally.lines, tally.bytes);
    return new Rejection("rate_limited", Rejection.Status.RATE_LIMITED, text);
  }

  /** Hands the records to their shards, waits for all, and returns what they have refused. */
  private Rejection send(Push push, PushSession session) throws InterruptedException {
    for (int shard = 0; shard < ingester.shards(); shard++) {
      int bytes = session.writer(shard).length();
      if (bytes >= PushRecord.MAX_BYTES) {
        return Rejection.badRequest("push_too_large", TOO_LARGE.formatted(bytes));
      }
    }
    List<CompletableFuture<PushResult>> sent = new ArrayList<>();
    for (int shard = 0; shard < ingester.shards(); shard++) {
      if (session.writer(shard).entries() > 0) {
        sent.add(ingester.push(shard, session.writer(shard).finish()));
      }
    }
    Rejection worst = null;
    for (CompletableFuture<PushResult> future : sent) {
      worst = worse(worst, await(push, future));
    }
    return worst;
  }

  private Rejection await(Push push, CompletableFuture<PushResult> future)
      throws InterruptedException {
    try {
      Rejection worst = null;
      for (StreamRejection stream : future.get().rejections()) {
        Rejection rejection =
            ShardRejectionText.of(push.tenant, stream, config.maxReturnedErrors());
        long bytes = stream.entries().stream().mapToLong(PushResult.RejectedEntry::bytes).sum();
        metrics.discarded(
            push.tenant, push.format, rejection.reason(), stream.entries().size(), bytes);
        worst = worse(worst, rejection);
      }
      return worst;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WriteUnavailableException unavailable) {
        return new Rejection("unavailable", Rejection.Status.UNAVAILABLE, unavailable.getMessage());
      }
      throw new IllegalStateException("a shard failed to take a push", e.getCause());
    }
  }

  /** A refusal that asks the client to send again outweighs one that tells it not to. */
  private static Rejection worse(Rejection a, Rejection b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.status().ordinal() > a.status().ordinal() ? b : a;
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
