package dev.skald.server.http;

/** Answers the requests of a route. Called by many threads at once; may block. */
@FunctionalInterface
public interface Handler {
  Response handle(Request request) throws Exception;
}
