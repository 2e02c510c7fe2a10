package dev.skald.server.status;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * The one member that each ring of this process has.
 *
 * @param id its name
 * @param address where it listens
 * @param since when it was started
 * @param state as rings have it, {@code ACTIVE}
 */
public record Instance(
    String id, Supplier<String> address, Instant since, Supplier<String> state) {}
