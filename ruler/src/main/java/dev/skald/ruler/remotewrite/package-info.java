/** Sends recorded samples to Prometheus' remote write; what cannot be sent yet waits on disk. */
package dev.skald.ruler.remotewrite;
