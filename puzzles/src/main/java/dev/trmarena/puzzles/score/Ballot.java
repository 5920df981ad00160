package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.grid.Grid;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The votes for one test input. */
final class Ballot {
    private static final Comparator<RankedCandidate> BY_RANK = Comparator.comparingInt(RankedCandidate::votes)
            .thenComparingDouble(RankedCandidate::meanHalt)
            .reversed();

    private final Map<Grid, Count> counts = new LinkedHashMap<>();

    private static final class Count {
        int votes;
        double halt;
    }

    void vote(Grid grid, float qHalt) {
        Count count = counts.computeIfAbsent(grid, first -> new Count());
        count.votes++;
        count.halt += Halt.score(qHalt);
    }

    /** By votes, then mean halt score, both descending; the sort is stable, so ties keep the order of first votes. */
    List<RankedCandidate> ranked() {
        return counts.entrySet().stream()
                .map(e -> new RankedCandidate(e.getKey(), e.getValue().votes, e.getValue().halt / e.getValue().votes))
                .sorted(BY_RANK)
                .toList();
    }
}
