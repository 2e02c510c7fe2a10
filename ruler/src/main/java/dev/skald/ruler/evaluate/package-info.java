/**
 * Groups of rules on their interval: what their expressions give becomes alerts, which are pending,
 * fire and are resolved, and samples. Where both go is for others to say ({@link
 * dev.skald.ruler.evaluate.AlertSink}, {@link dev.skald.ruler.evaluate.SampleSink}).
 */
package dev.skald.ruler.evaluate;
