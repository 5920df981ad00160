package dev.trmarena.solver.work;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a solver is.
 *
 * @param name for people; the same after a restart
 * @param instance of this process
 * @param device what it computes on, for people
 * @param memoryBytes that a network may take there; null where that is not known
 */
public record Identity(
        String name, UUID instance, String device, @Nullable Long memoryBytes) {
    /** Of a process that has just begun. */
    public static Identity named(String name, String device) {
        return new Identity(name, UUID.randomUUID(), device, null);
    }
}
