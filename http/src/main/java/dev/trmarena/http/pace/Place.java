package dev.trmarena.http.pace;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a request takes up in its lane, from before it is routed until it is answered and nobody works at it any more: whoever goes away
 * does not thereby make room for the next while a thread is still busy.
 */
final class Place {
    /** Under which the routing context of a request has it. */
    static final String KEY = Place.class.getName();

    private final Runnable free;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean working = new AtomicBoolean();

    /** @param free gives it back */
    Place(Runnable free) {
        this.free = free;
    }

    /** Somebody begins to work at it, before its answer has ended. */
    void work() {
        working.set(true);
        holders.incrementAndGet();
    }

    /** Whoever worked at it, if anybody did, has ended. */
    void worked() {
        if (working.getAndSet(false)) {
            leave();
        }
    }

    /** Its answer has ended. */
    void leave() {
        if (holders.decrementAndGet() == 0) {
            free.run();
        }
    }
}
