package dev.trmarena.loops;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether something gets on: since when it has been at the same thing. Told by its thread, asked by others. */
public final class Steadiness {
    private final String name;
    private final Duration longest;
    private volatile State state = new State("at nothing", null);
    private volatile boolean dead;

    /** @param what it does since, for people @param longest it may go on like this; null for however long */
    private record State(String what, long since, @Nullable Duration longest) {
        State(String what, @Nullable Duration longest) {
            this(what, System.nanoTime(), longest);
        }
    }

    Steadiness(String name, Duration longest) {
        this.name = name;
        this.longest = longest;
    }

    String name() {
        return name;
    }

    /** It begins something that ends within the longest time, or gets on with it before that is over. */
    public void works() {
        works(longest);
    }

    /** The same for something that ends within another time. */
    public void works(Duration most) {
        state = new State("at the same thing", most);
    }

    /** It waits for something to do, however long. */
    public void rests() {
        state = new State("at nothing", null);
    }

    /** It waits to be begun again after so long; that may come as late as its work may end. */
    void restsFor(Duration pause) {
        state = new State("not begun", pause.plus(longest));
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
        State now = state;
        Duration most = now.longest();
        Duration passed = Duration.ofNanos(System.nanoTime() - now.since());
        return most != null && passed.compareTo(most) > 0
                ? Optional.of(name + ": " + now.what() + " for " + passed.toSeconds() + " s, longest is "
                        + most.toSeconds() + " s")
                : Optional.empty();
    }
}
