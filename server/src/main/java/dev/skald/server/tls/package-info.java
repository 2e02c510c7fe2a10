/** TLS of the listener: certificates and keys as people have them, read again when they change. */
package dev.skald.server.tls;
