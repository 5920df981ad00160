package dev.trmarena.ingest.dispatch;

import dev.trmarena.db.dispatch.DispatchUnits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many units were answered in the last seconds, by what is in flight from look to look: what solvers do in a second or two they
 * take at a time, so as many are to be there. Used from one thread.
 */
final class AnsweredLately {
    /** A unit that is held stalls the topic about 2,000 units further on. */
    static final int MOST = 1500;

    private final Duration window;
    private final Deque<Look> looks = new ArrayDeque<>();
    private int inFlight;
    private int sum;

    private record Look(Instant at, int answered) {}

    AnsweredLately(Duration window) {
        this.window = window;
    }

    void look(Instant now, DispatchUnits.Given found) {
        int answered = Math.max(0, inFlight - found.inFlight());
        inFlight = found.inFlight() + found.units();
        looks.add(new Look(now, answered));
        sum += answered;
        while (!looks.isEmpty() && looks.element().at().isBefore(now.minus(window))) {
            sum -= looks.remove().answered();
        }
    }

    int units() {
        return Math.min(MOST, sum);
    }
}
