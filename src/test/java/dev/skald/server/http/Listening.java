package dev.skald.server.http;

import dev.skald.config.HttpConfig.HttpTimeouts;
import dev.skald.config.HttpConfig.RequestLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.event.Level;

/** A listener with a few handlers that tests need. */
final class Listening implements AutoCloseable {
  static final ReplyPolicy REPLIES =
      new ReplyPolicy(true, false, new Cors(List.of("https://grafana.example")));
  static final int MAX_BODY = 1000;
  static final int BIG = 50_000_000;
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Lets one request of {@code /slow} end. */
  final Semaphore finish = new Semaphore(0);

  /** How many requests of {@code /slow} have been interrupted. */
  final CountDownLatch interrupted = new CountDownLatch(1);

  final AtomicInteger running = new AtomicInteger();
  final AtomicLong mostBodies = new AtomicLong();

  /** How many bytes the writers of {@code /stream} got rid of. */
  final AtomicLong streamed = new AtomicLong();

  final AtomicInteger streamsOver = new AtomicInteger();
  final AtomicInteger streamsBroken = new AtomicInteger();
  final List<String> observed = new CopyOnWriteArrayList<>();

  /** Sizes of the replies, as they were told of. */
  final List<Long> sent = new CopyOnWriteArrayList<>();

  final HttpServer server;
  private final ExecutorService handlers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());

  Listening(HttpTimeouts timeouts, long maxBodies) throws IOException {
    this(timeouts, maxBodies, 0);
  }

  Listening(HttpTimeouts timeouts, long maxBodies, int maxConnections) throws IOException {
    this(timeouts, maxBodies, maxConnections, LONG);
  }

  private Listening(
      HttpTimeouts timeouts, long maxBodies, int maxConnections, Duration gracefulStop)
      throws IOException {
    this(timeouts, RequestLimits.defaults(), maxBodies, maxConnections, gracefulStop);
  }

  private Listening(
      HttpTimeouts timeouts,
      RequestLimits limits,
      long maxBodies,
      int maxConnections,
      Duration gracefulStop)
      throws IOException {
    this(
        new HttpServer.Options(
            "127.0.0.1",
            0,
            timeouts,
            limits,
            maxConnections,
            maxBodies,
            gracefulStop,
            Optional.empty(),
            REPLIES),
        Gate.OPEN);
  }

  private Listening(HttpServer.Options options, Gate gate) throws IOException {
    server =
        HttpServer.start(
            options,
            router(),
            gate,
            new AccessLog(observer(), Level.DEBUG, Duration.ZERO),
            handlers);
  }

  private RequestObserver observer() {
    return new RequestObserver() {
      @Override
      public void answered(String method, String route, int status, long nanos) {
        observed.add(method + " " + route + " " + status);
      }

      @Override
      public void sizes(String method, String route, long request, long reply) {
        sent.add(reply);
      }
    };
  }

  /** Stops without waiting long for what is under way. */
  static Listening hasty() throws IOException {
    return new Listening(timeouts(LONG, LONG, LONG), 1 << 20, 0, Duration.ofMillis(200));
  }

  /** Takes only requests that are like this. */
  static Listening strict(RequestLimits limits) throws IOException {
    return new Listening(timeouts(LONG, LONG, LONG), limits, 1 << 20, 0, LONG);
  }

  /** Lets in whom a gate lets in. */
  static Listening guarded(Gate gate) throws IOException {
    return new Listening(
        new HttpServer.Options(
            "127.0.0.1",
            0,
            timeouts(LONG, LONG, LONG),
            RequestLimits.defaults(),
            0,
            1 << 20,
            LONG,
            Optional.empty(),
            REPLIES),
        gate);
  }

  static Listening patient() throws IOException {
    return new Listening(timeouts(LONG, LONG, LONG), 1 << 20);
  }

  static HttpTimeouts timeouts(Duration read, Duration write, Duration idle) {
    return new HttpTimeouts(read, Duration.ZERO, write, idle);
  }

  private Router router() {
    return new Router("")
        .add("GET", "/ready", request -> Response.line(200, "ready"))
        .add("GET POST", "/echo", Listening::echo)
        .add("POST", "/small", new Small())
        .add("POST", "/large", new Large())
        .add(
            "GET",
            "/text",
            request -> Response.text(200, "x".repeat(Integer.parseInt(request.parameter("size")))))
        .add("GET", "/big", request -> Response.bytes(200, "text/plain", new byte[BIG]))
        .add("GET", "/stream", this::stream)
        .addWithoutHead("GET", "/changing", request -> Response.noContent())
        .add("GET POST", "/slow", Handler.cancellable(this::slow))
        .add("POST", "/stubborn", this::slow);
  }

  private static Response echo(Request request) {
    return Response.text(
        200, request.parameterValues("q") + " " + new String(request.body()).length());
  }

  /** Streams so many bytes in which there is nothing to compress. */
  private Response stream(Request request) {
    long size = Long.parseLong(request.parameter("size"));
    return Response.streamed(200, "text/plain", new StreamedBody(sink -> random(size, sink)));
  }

  private void random(long size, StreamedBody.Sink sink) throws Exception {
    Random random = new Random(1);
    byte[] piece = new byte[1 << 16];
    try {
      for (long left = size; left > 0; left -= piece.length) {
        random.nextBytes(piece);
        int length = (int) Math.min(left, piece.length);
        sink.write(piece, length);
        streamed.addAndGet(length);
      }
      streamsOver.incrementAndGet();
    } catch (IOException | InterruptedException e) {
      streamsBroken.incrementAndGet();
      throw e;
    }
  }

  private Response slow(Request request) throws InterruptedException {
    mostBodies.accumulateAndGet(server.bodyBytes(), Math::max);
    running.incrementAndGet();
    try {
      finish.acquire();
      return Response.line(200, "done");
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    } finally {
      running.decrementAndGet();
    }
  }

  private static final class Small implements Handler {
    @Override
    public Response handle(Request request) {
      return Response.line(200, request.body().length + " bytes");
    }

    @Override
    public int maxBody() {
      return MAX_BODY;
    }
  }

  private final class Large implements Handler {
    @Override
    public Response handle(Request request) {
      mostBodies.accumulateAndGet(server.bodyBytes(), Math::max);
      return Response.noContent();
    }

    @Override
    public int maxBody() {
      return BIG;
    }
  }

  RawClient client() throws IOException {
    return new RawClient(server.port());
  }

  /** Waits for what other threads bring about. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it has not come about");
      }
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  @Override
  public void close() {
    finish.release(1000);
    server.close();
    handlers.shutdownNow();
  }
}
