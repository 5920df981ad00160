package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.StoredCandidate;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.WrongCells;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings together what the puzzle set knows of a task and what was predicted. */
public final class DescribeTask {
    private DescribeTask() {}

    /** @param solutionRanks one for each test output, in order */
    static TaskDetail describe(
            PuzzleSet set, int task, List<StoredCandidate> candidates, List<Optional<Integer>> solutionRanks) {
        List<TaskDetail.TestOutput> outputs = new ArrayList<>();
        for (int output = 0; output < set.outputCount(task); output++) {
            Grid solution = solution(set, task, output);
            Integer solutionRank = solutionRanks.get(output).orElse(null);
            int wanted = output;
            List<TaskDetail.Candidate> ofOutput = candidates.stream()
                    .filter(candidate -> candidate.output() == wanted)
                    .map(candidate -> candidate(set, candidate, solution, solutionRank))
                    .toList();
            outputs.add(new TaskDetail.TestOutput(
                    output,
                    EncodedGrid.of(set.taskInput(task, output)),
                    solution == null ? null : EncodedGrid.of(solution),
                    ofOutput,
                    solutionRank));
        }
        return new TaskDetail(
                task, set.taskName(task), set.manifest().kind().key(), demonstrations(set, task), outputs);
    }

    public static List<TaskDetail.Demonstration> demonstrations(PuzzleSet set, int task) {
        return set.demonstrations(task).stream()
                .map(pair -> new TaskDetail.Demonstration(EncodedGrid.of(pair.input()), EncodedGrid.of(pair.output())))
                .toList();
    }

    /** Null where the solutions are hidden: what is stored then is a made-up grid, which is nobody's business. */
    public static @Nullable Grid solution(PuzzleSet set, int task, int output) {
        return set.manifest().solutionsHidden() ? null : set.solution(task, output);
    }

    /** @param solution null where the solutions are hidden */
    public static TaskDetail.Candidate candidate(
            PuzzleSet set, StoredCandidate candidate, @Nullable Grid solution, @Nullable Integer solutionRank) {
        return new TaskDetail.Candidate(
                candidate.rank(),
                EncodedGrid.of(candidate.grid()),
                candidate.votes(),
                candidate.meanHalt(),
                solution == null ? null : Boolean.valueOf(solutionRank != null && candidate.rank() == solutionRank),
                solution == null ? null : WrongCells.between(candidate.grid(), solution, set.ignoredCell()));
    }
}
