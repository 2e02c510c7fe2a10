/** Who may use the server: users with passwords or tokens, tenants, reading and writing. */
package dev.skald.server.auth;
