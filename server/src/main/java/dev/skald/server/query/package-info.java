/** The endpoints that read, and Loki's JSON for what they answer (http-api.md §2, §3, §7). */
package dev.skald.server.query;
