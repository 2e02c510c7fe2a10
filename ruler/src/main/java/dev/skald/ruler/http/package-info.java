/** Requests to other servers: who they are, that they are who they should be, and what they say. */
package dev.skald.ruler.http;
