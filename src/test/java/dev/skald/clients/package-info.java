/** The requests that clients of Loki's make, and what each needs of the answers. */
package dev.skald.clients;
