package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some evaluations, the newest first.
 *
 * @param next what {@code after} has to be for the following page; null when this is the last
 */
public record EvaluationPage(
        List<EvaluationView> evaluations, @Nullable UUID next) {
    public EvaluationPage {
        evaluations = List.copyOf(evaluations);
    }
}
