package dev.trmarena.leaderboard.model;

import dev.trmarena.db.board.EvaluationLine;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some evaluations of a model, the newest first.
 *
 * @param next what {@code after} has to be for the following page; null when this is the last
 */
public record ModelHistory(
        List<EvaluationLine> evaluations, @Nullable UUID next) {
    public ModelHistory {
        evaluations = List.copyOf(evaluations);
    }
}
