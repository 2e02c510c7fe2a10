/**
 * What the server says of itself: readiness, metrics, configuration, version (http-api.md §11,
 * §12).
 */
package dev.skald.server.status;
