package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.AgreementView;
import dev.trmarena.db.board.EvaluationView;
import java.util.List;

/**
 * An evaluation and its repeats.
 *
 * @param evaluations in their order
 * @param agreements of each two that finished
 */
public record Repeats(List<EvaluationView> evaluations, List<AgreementView> agreements) {
    public Repeats {
        evaluations = List.copyOf(evaluations);
        agreements = List.copyOf(agreements);
    }
}
