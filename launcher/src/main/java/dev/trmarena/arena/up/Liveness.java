package dev.trmarena.arena.up;

/** Asks a process whether it gets on. Used by one thread. */
@FunctionalInterface
interface Liveness extends AutoCloseable {
    /** Returns within seconds when it does. @throws Exception when it does not, or does not answer; it says why */
    void ask() throws Exception;

    @Override
    default void close() {}
}
