package dev.trmarena.db.board;

import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.HistoryEvent;
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

    /** One thing that happened. @param detail for people; null where the event says it all */
    public record Event(
            Instant at, HistoryEvent event, @Nullable String detail) {}

    /**
     * A delivery of a unit that failed.
     *
     * @param endedAt when the solver said so, or was known to be gone
     * @param reason null when the solver ended without a word
     * @param log the last lines that the solver logged about it
     */
    public record Trouble(
            int unit,
            String solver,
            String device,
            Instant startedAt,
            Instant endedAt,
            FailureKind kind,
            @Nullable String reason,
            List<String> log) {
        public Trouble {
            log = List.copyOf(log);
        }
    }
}
