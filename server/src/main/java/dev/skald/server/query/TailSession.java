package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.LogEntry;
import dev.skald.querier.Held;
import dev.skald.querier.RangeQuery;
import dev.skald.querier.tail.Tail;
import dev.skald.querier.tail.TailFrame;
import dev.skald.querier.tail.Tails;
import dev.skald.server.http.WebSocket;
import dev.skald.server.http.WebSocketSession;
import java.io.UncheckedIOException;
import java.util.List;

/** Sends a tail what was stored before it began, and then what comes, until one of both ends. */
record TailSession(Tails tails, History stored, TailRequest request, TailEncoder encoder)
    implements WebSocketSession {

  /** Reads what was stored before a tail began. */
  @FunctionalInterface
  interface History {
    /** Returns the entries of a query, newest first, to be closed when they are sent. */
    Held<List<LogEntry>> entries(RangeQuery query) throws InterruptedException;
  }

  /** What comes within so many milliseconds shares frames. */
  private static final long GATHER_MILLIS = 50;

  private static final String NO_ROOM = "other queries need the memory of the tail's history";

  /** Loki's tails pass through a call to another process, which says so in its errors. */
  private static final String CALL = "rpc error: code = Code(400) desc = ";

  @Override
  public void run(WebSocket socket) throws InterruptedException {
    try (Tail tail = open()) {
      sendAll(tail, socket);
    } catch (QueryException e) {
      socket.close(WebSocket.INTERNAL_ERROR, e.getMessage());
    } catch (UncheckedIOException e) {
      socket.close(WebSocket.INTERNAL_ERROR, e.getMessage() + ": " + e.getCause().getMessage());
    }
  }

  private Tail open() {
    try {
      return tails.open(request.tenant(), request.query(), request.delay());
    } catch (QueryException e) {
      boolean refused = e.kind() == QueryException.Kind.BAD_REQUEST;
      throw refused ? new QueryException(e.kind(), CALL + e.getMessage()) : e;
    }
  }

  /**
   * A tail at its end says why, even if it gets no turn before the server, which stops, interrupts
   * it. If the client has gone, nobody hears it.
   */
  private void sendAll(Tail tail, WebSocket socket) throws InterruptedException {
    try {
      if (sendHistory(tail, socket) && follow(tail, socket)) {
        socket.close(WebSocket.INTERNAL_ERROR, tail.ending());
      }
    } catch (InterruptedException e) {
      if (tail.ending() != null) {
        socket.close(WebSocket.INTERNAL_ERROR, tail.ending());
      }
      throw e;
    }
  }

  private boolean sendHistory(Tail tail, WebSocket socket) throws InterruptedException {
    try (Held<List<LogEntry>> held = stored.entries(request.history(tails.nowNanos()))) {
      held.whenGivingWay(() -> socket.close(WebSocket.INTERNAL_ERROR, NO_ROOM));
      List<LogEntry> entries = held.value().reversed();
      tail.history(entries);
      return sendAll(entries, socket);
    }
  }

  private boolean sendAll(List<LogEntry> entries, WebSocket socket) throws InterruptedException {
    for (int from = 0; from < entries.size(); from += TailFrame.MOST_ENTRIES) {
      int to = Math.min(from + TailFrame.MOST_ENTRIES, entries.size());
      if (!send(new TailFrame(entries.subList(from, to), List.of(), false), socket)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the client is still there when the tail is at its end. */
  private boolean follow(Tail tail, WebSocket socket) throws InterruptedException {
    while (tail.await()) {
      Thread.sleep(GATHER_MILLIS);
      for (TailFrame frame = tail.take(); frame != null; frame = tail.take()) {
        if (!send(frame, socket)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean send(TailFrame frame, WebSocket socket) throws InterruptedException {
    JsonOutput out = encoder.encode(frame);
    return socket.send(out.bytes(), out.length());
  }
}
