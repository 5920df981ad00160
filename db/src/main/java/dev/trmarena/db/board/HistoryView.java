package dev.trmarena.db.board;

import dev.trmarena.messages.FailureKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an evaluation, oldest first.
 *
 * @param troubles deliveries of its units that failed
 */
public record HistoryView(List<Event> events, List<Trouble> troubles) {
    public HistoryView {
        events = List.copyOf(events);
        troubles = List.copyOf(troubles);
    }

    /**
     * A change of its state.
     *
     * @param event planned, paused, resumed, cancelled, failed, retried, reaped or finished
     */
    public record Event(Instant at, String event, @Nullable String detail) {}

    /**
     * A delivery of a unit that failed.
     *
     * @param endedAt null when the solver ended without a word
     * @param reason null likewise
     * @param log the last lines that the solver logged about it
     */
    public record Trouble(
            int unit,
            String solver,
            String device,
            Instant startedAt,
            @Nullable Instant endedAt,
            FailureKind kind,
            @Nullable String reason,
            List<String> log) {
        public Trouble {
            log = List.copyOf(log);
        }
    }
}
