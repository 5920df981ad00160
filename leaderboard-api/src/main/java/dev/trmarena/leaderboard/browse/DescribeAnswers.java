package dev.trmarena.leaderboard.browse;

import dev.trmarena.db.board.StoredCandidate;
import dev.trmarena.db.tally.ReadTally.AnsweredCandidate;
import dev.trmarena.db.tally.StoredAnswer;
import dev.trmarena.leaderboard.board.DescribeTask;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings together what models answered to a task and what the set knows of it. */
final class DescribeAnswers {
    private final PuzzleSet set;
    private final int task;
    private final Map<UUID, List<StoredCandidate>> candidates;

    DescribeAnswers(PuzzleSet set, int task, List<AnsweredCandidate> candidates) {
        this.set = set;
        this.task = task;
        this.candidates = candidates.stream()
                .collect(Collectors.groupingBy(
                        AnsweredCandidate::evaluation,
                        Collectors.mapping(AnsweredCandidate::candidate, Collectors.toList())));
    }

    /** @param stored in the order of place and output */
    List<SetTaskAnswers.ModelAnswer> of(List<StoredAnswer> stored) {
        Map<Integer, List<StoredAnswer>> byPlace = new LinkedHashMap<>();
        stored.forEach(row ->
                byPlace.computeIfAbsent(row.place(), none -> new ArrayList<>()).add(row));
        return byPlace.values().stream().map(this::answer).toList();
    }

    private SetTaskAnswers.ModelAnswer answer(List<StoredAnswer> rows) {
        StoredAnswer first = rows.get(0);
        int attempts = set.manifest().kind().attempts();
        Boolean solved = set.manifest().solutionsHidden()
                ? null
                : (Boolean) rows.stream().allMatch(row -> solvedWithin(row.solutionRank(), attempts));
        return new SetTaskAnswers.ModelAnswer(
                first.place(),
                first.evaluation(),
                first.model(),
                first.ran(),
                solved,
                rows.stream()
                        .filter(row -> row.output() != null)
                        .map(row -> output(row.evaluation(), row.output(), row.solutionRank()))
                        .toList());
    }

    private static boolean solvedWithin(@Nullable Integer rank, int attempts) {
        return rank != null && rank <= attempts;
    }

    private SetTaskAnswers.AnsweredOutput output(UUID evaluation, int output, @Nullable Integer solutionRank) {
        Grid solution = DescribeTask.solution(set, task, output);
        return new SetTaskAnswers.AnsweredOutput(
                output,
                solutionRank,
                candidates.getOrDefault(evaluation, List.of()).stream()
                        .filter(candidate -> candidate.output() == output)
                        .map(candidate -> DescribeTask.candidate(set, candidate, solution, solutionRank))
                        .toList());
    }
}
