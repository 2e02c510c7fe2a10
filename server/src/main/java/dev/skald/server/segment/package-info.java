/** {@code skald segment}: shows an operator what a stored segment holds. */
package dev.skald.server.segment;
