package dev.trmarena.loops;

import java.time.Duration;
import java.util.Optional;

/** Whether a thread gets on: since when it has been at the same thing. Told by that thread, asked by others. */
public final class Steadiness {
    private final String name;
    private final Duration longest;
    private volatile long since = System.nanoTime();
    private volatile boolean working;
    private volatile boolean dead;

    Steadiness(String name, Duration longest) {
        this.name = name;
        this.longest = longest;
    }

    String name() {
        return name;
    }

    /** It begins something that ends within the longest time, or gets on with it before that is over. */
    public void works() {
        since = System.nanoTime();
        working = true;
    }

    /** It waits for something to do, however long. */
    public void rests() {
        working = false;
    }

    /** Its thread ended, and nobody had asked for it. */
    void died() {
        dead = true;
    }

    boolean steady() {
        return trouble().isEmpty();
    }

    /** For people; empty when there is none. */
    Optional<String> trouble() {
        if (dead) {
            return Optional.of(name + ": its thread has ended");
        }
        // In this order: whoever begins to work sets the time first.
        boolean worked = working;
        long nanos = System.nanoTime() - since;
        return worked && nanos > longest.toNanos()
                ? Optional.of(name + ": at the same thing for "
                        + Duration.ofNanos(nanos).toSeconds() + " s, longest is " + longest.toSeconds() + " s")
                : Optional.empty();
    }
}
