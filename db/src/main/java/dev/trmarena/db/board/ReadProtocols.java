package dev.trmarena.db.board;

import dev.trmarena.messages.EvaluationState;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The boards of a puzzle set: one for each protocol, since scores of different protocols are different quantities. */
public final class ReadProtocols {
    private ReadProtocols() {}

    /** Those as the authors report first, then by use; the first is the one that people want to see. */
    public static List<ProtocolUse> on(Handle handle, String puzzleSet) {
        return handle
                .createQuery("""
                        select e.protocol, count(*) as evaluations
                        from evaluation e join puzzle_set s on s.id = e.puzzle_set_id
                        where s.name = :set and e.state = :finished and e.protocol is not null group by e.protocol""")
                .bind("set", puzzleSet)
                .bind("finished", EvaluationState.FINISHED)
                .mapTo(ProtocolUse.class)
                .stream()
                .sorted(Comparator.comparing(
                                (ProtocolUse use) -> !use.protocol().whole())
                        .thenComparing(ProtocolUse::evaluations, Comparator.reverseOrder())
                        .thenComparing(use -> use.protocol().key()))
                .toList();
    }
}
