package dev.trmarena.solver.work;

import java.util.UUID;

/**
 * Who a solver is.
 *
 * @param name for people; the same after a restart
 * @param instance of this process
 * @param device what it computes on, for people
 */
public record Identity(String name, UUID instance, String device) {
    /** Of a process that has just begun. */
    public static Identity named(String name, String device) {
        return new Identity(name, UUID.randomUUID(), device);
    }
}
