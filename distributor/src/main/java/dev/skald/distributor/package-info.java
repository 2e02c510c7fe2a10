/**
 * The front door for writes: a decoded push is validated, enriched ({@code service_name}, {@code
 * detected_level}), limited, hashed stream by stream onto the ring, and handed to the shards.
 */
package dev.skald.distributor;
