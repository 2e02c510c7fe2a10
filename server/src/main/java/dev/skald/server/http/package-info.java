/** HTTP itself: the listener, the routes, and a request and a response as plain values. */
package dev.skald.server.http;
