package dev.trmarena.db.board;

import dev.trmarena.messages.FailureKind;
import java.util.List;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;

/**
 * Why an evaluation failed.
 *
 * @param kind one of a closed list
 * @param meaning of the kind, a sentence
 * @param reason what was wrong this time, and where
 * @param remedy what can be done
 * @param log the last lines that the solver logged about it; empty when there is none
 */
public record FailureView(FailureKind kind, String meaning, String reason, String remedy, List<String> log) {
    public FailureView {
        log = List.copyOf(log);
    }

    /** As a row of an evaluation has it; null where its reason is. */
    @JdbiConstructor
    public static FailureView of(
            @ColumnName("failure_kind") FailureKind kind,
            @ColumnName("failure") @PropagateNull String reason,
            @ColumnName("failure_log") List<String> log) {
        return new FailureView(kind, kind.meaning(), reason, kind.remedy(), log);
    }
}
