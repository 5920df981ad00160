package dev.trmarena.puzzles.score;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The votes for one test input.
 *
 * @param <A> an answer: equal ones are one candidate
 */
final class Ballot<A> {
    private final Map<A, Count> counts = new LinkedHashMap<>();

    private static final class Count {
        int votes;
        double halt;
    }

    /** @param meanHalt mean of the halt scores of those who voted for it */
    record RankedAnswer<A>(A answer, int votes, double meanHalt) {}

    void vote(A answer, float qHalt) {
        Count count = counts.computeIfAbsent(answer, first -> new Count());
        count.votes++;
        count.halt += HaltScore.score(qHalt);
    }

    /** By votes, then mean halt score, both descending; the sort is stable, so ties keep the order of first votes. */
    List<RankedAnswer<A>> ranked() {
        Comparator<RankedAnswer<A>> byRank = Comparator.<RankedAnswer<A>>comparingInt(RankedAnswer::votes)
                .thenComparingDouble(RankedAnswer::meanHalt)
                .reversed();
        return counts.entrySet().stream()
                .map(e -> new RankedAnswer<>(e.getKey(), e.getValue().votes, e.getValue().halt / e.getValue().votes))
                .sorted(byRank)
                .toList();
    }
}
