/** Tells Alertmanagers of alerts, and goes on until they know. */
package dev.skald.ruler.notify;
