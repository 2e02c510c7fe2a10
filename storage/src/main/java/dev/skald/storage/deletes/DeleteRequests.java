package dev.skald.storage.deletes;

import dev.skald.logql.QueryException;
import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.CatalogSnapshot;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.DeleteRequest.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Takes, lists and withdraws delete requests. Safe for use by any thread. */
public final class DeleteRequests {
  private static final int WHOLE = 100;

  private final Catalog catalog;
  private final Consumer<String> received;
  private final ConcurrentHashMap<Key, Integer> percents = new ConcurrentHashMap<>();

  private record Key(String tenant, String id) {
    static Key of(DeleteRequest request) {
      return new Key(request.tenant(), request.id());
    }
  }

  public DeleteRequests(Catalog catalog) {
    this(catalog, tenant -> {});
  }

  /**
   * @param received is told of every request that is made, by its tenant; must not block
   */
  public DeleteRequests(Catalog catalog, Consumer<String> received) {
    this.catalog = catalog;
    this.received = received;
  }

  /**
   * Makes a request; its lines are hidden when this returns.
   *
   * @param query a log query; its selector may match every stream
   * @param start first covered time in unix nanoseconds
   * @param end last covered time
   * @throws QueryException if the query is none
   * @throws IOException if it cannot be stored
   */
  public synchronized DeleteRequest create(
      String tenant, String query, long start, long end, Instant now) throws IOException {
    long created = now.toEpochMilli() * 1_000_000L;
    DeleteRequest request =
        new DeleteRequest(newId(tenant), tenant, query, start, end, created, Status.RECEIVED);
    CoveredLines.of(request);
    catalog.commit(CatalogEdit.builder().put(request).build());
    received.accept(tenant);
    return request;
  }

  private String newId(String tenant) {
    String id;
    do {
      id = String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
    } while (find(tenant, id).isPresent());
    return id;
  }

  /** Returns the requests of a tenant, oldest first. */
  public List<DeleteRequest> list(String tenant) {
    return catalog.snapshot().deleteRequests(tenant);
  }

  /** Returns the requests of all tenants. */
  public Collection<DeleteRequest> all() {
    return catalog.snapshot().deleteRequests();
  }

  public Optional<DeleteRequest> find(String tenant, String id) {
    return catalog.snapshot().deleteRequest(tenant, id);
  }

  /** Withdraws a request: what of its lines is there still is seen again. */
  public synchronized void cancel(DeleteRequest request) throws IOException {
    catalog.commit(CatalogEdit.builder().drop(request).build());
    percents.remove(Key.of(request));
  }

  /** Returns how much of a request is done, from 0 to 100. */
  public int percent(DeleteRequest request) {
    return request.status() == Status.PROCESSED ? WHOLE : percents.getOrDefault(Key.of(request), 0);
  }

  /** Notes how far the work for a request has come. */
  public void progress(DeleteRequest request, int percent) {
    percents.put(Key.of(request), percent);
  }

  /**
   * Notes that a request has no lines any more, unless it was withdrawn meanwhile.
   *
   * @throws IOException if that cannot be stored
   */
  public synchronized void processed(DeleteRequest request) throws IOException {
    if (find(request.tenant(), request.id()).isPresent()) {
      catalog.commit(CatalogEdit.builder().put(request.withStatus(Status.PROCESSED)).build());
    }
    percents.remove(Key.of(request));
  }

  /** Forgets processed requests that were made before a time. */
  public synchronized void forget(Instant before) throws IOException {
    long nanos = before.toEpochMilli() * 1_000_000L;
    CatalogEdit.Builder edit = CatalogEdit.builder();
    for (DeleteRequest request : catalog.snapshot().deleteRequests()) {
      if (request.status() == Status.PROCESSED && request.created() < nanos) {
        edit.drop(request);
      }
    }
    catalog.commit(edit.build());
  }

  /** Returns the requests of all tenants that are not processed. */
  public List<DeleteRequest> pending() {
    return pending(catalog.snapshot().deleteRequests());
  }

  /** Returns those of a tenant. */
  public static List<DeleteRequest> pending(CatalogSnapshot catalog, String tenant) {
    return pending(catalog.deleteRequests(tenant));
  }

  private static List<DeleteRequest> pending(Collection<DeleteRequest> requests) {
    return requests.stream().filter(request -> request.status() == Status.RECEIVED).toList();
  }
}
