/** The process: HTTP, wire formats, main(). */
package dev.skald.server;
