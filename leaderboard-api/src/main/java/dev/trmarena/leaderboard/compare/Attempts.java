package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.AgreementView;
import dev.trmarena.db.board.EvaluationView;
import java.util.List;

/**
 * The attempts at the same thing.
 *
 * @param evaluations in their order
 * @param agreements of each two that finished
 */
public record Attempts(List<EvaluationView> evaluations, List<AgreementView> agreements) {
    public Attempts {
        evaluations = List.copyOf(evaluations);
        agreements = List.copyOf(agreements);
    }
}
