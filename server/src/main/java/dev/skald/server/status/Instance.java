package dev.skald.server.status;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * The one member that the rings of this process have.
 *
 * @param id its name
 * @param address where it listens
 * @param since when it was started
 */
public record Instance(String id, Supplier<String> address, Instant since) {}
