package dev.trmarena.leaderboard.browse;

import dev.trmarena.leaderboard.board.TaskDetail;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What some models answered to a task, the best model on the set first.
 *
 * @param next what {@code after} has to be for the following page; null when this is the last
 */
public record SetTaskAnswers(
        List<ModelAnswer> answers, @Nullable Integer next) {
    public SetTaskAnswers {
        answers = List.copyOf(answers);
    }

    /**
     * @param place of the model among those that were evaluated on the set, from 1
     * @param evaluation its best one on the set
     * @param ran whether a checkpoint gave the answer, and not another system: only then are there votes, halt scores and steps
     * @param solved whether every test output is right within the attempts; null where the solutions are hidden
     * @param outputs empty when it has none of this task
     */
    public record ModelAnswer(
            int place,
            UUID evaluation,
            String model,
            boolean ran,
            @Nullable Boolean solved,
            List<AnsweredOutput> outputs) {
        public ModelAnswer {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * @param solutionRank rank of the solution among all candidates, from 1; null when none is right, or nobody knows
     * @param attempts the first candidates, as many as the kind allows
     */
    public record AnsweredOutput(int index, @Nullable Integer solutionRank, List<TaskDetail.Candidate> attempts) {
        public AnsweredOutput {
            attempts = List.copyOf(attempts);
        }
    }
}
