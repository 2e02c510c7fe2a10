/**
 * The process: {@code main()}, and the server that puts all parts together. The packages below know
 * HTTP and Loki's wire formats; no other module does.
 */
package dev.skald.server;
