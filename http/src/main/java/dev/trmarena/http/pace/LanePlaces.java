package dev.trmarena.http.pace;

import dev.trmarena.http.refuse.Problem;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The places of a lane, and who has them. One sender has at most half of them, so that there is one for another. */
final class LanePlaces {
    private static final int BUSY = 503;

    private final Lane lane;
    /** By sender; who has none is not in it. */
    private final Map<String, Integer> taken = new HashMap<>();

    private int all;

    LanePlaces(Lane lane) {
        this.lane = lane;
    }

    /** Takes a place. @return why there is none; null when it was taken, and is to be given back with {@link #leave} */
    @Nullable
    synchronized Problem take(String sender) {
        if (all >= lane.most()) {
            return busy("as many requests of this kind are under way as may be, " + lane.most());
        }
        if (taken.getOrDefault(sender, 0) >= lane.mostOfOne()) {
            return busy("as many requests of this kind are under way from your address as may be, " + lane.mostOfOne());
        }
        taken.merge(sender, 1, Integer::sum);
        all++;
        return null;
    }

    synchronized void leave(String sender) {
        taken.computeIfPresent(sender, (who, places) -> places == 1 ? null : places - 1);
        all--;
    }

    private static Problem busy(String problem) {
        return Problem.of(BUSY, null, null, problem, "try again in a moment");
    }
}
