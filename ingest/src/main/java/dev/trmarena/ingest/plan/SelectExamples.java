package dev.trmarena.ingest.plan;

import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.puzzleset.OpenPuzzleSet;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.AnswersAtOnce;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.RowDemonstrations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which examples of a set a protocol runs. */
@ApplicationScoped
class SelectExamples {
    private final OpenPuzzleSet openPuzzleSet;

    SelectExamples(OpenPuzzleSet openPuzzleSet) {
        this.openPuzzleSet = openPuzzleSet;
    }

    /** @return their indexes, ascending */
    int[] of(PuzzleSetRow set, Protocol protocol) {
        if (protocol.augmentations() == null) {
            return IntStream.range(0, set.exampleCount()).toArray();
        }
        // Only the set knows which example shows which augmentation; opening a full one takes seconds.
        PuzzleSet opened = openPuzzleSet.of(set.name(), set.manifestDigest());
        int[] examples = IntStream.range(0, set.exampleCount())
                .filter(example ->
                        opened.taskOf(example) != null && protocol.votes().votes(opened, example))
                .toArray();
        if (examples.length == 0) {
            throw new Refusal(
                    422,
                    "protocol: no example of " + set.name() + " is among its first " + protocol.augmentations()
                            + " augmentations",
                    "leave out augmentations");
        }
        if (examples.length == set.exampleCount()) {
            throw new Refusal(
                    422,
                    "protocol: the tasks of " + set.name() + " have no more than " + protocol.augmentations()
                            + " augmentations",
                    "leave out augmentations: all of them vote then, and the score is no preview");
        }
        return examples;
    }

    /**
     * Runs of examples that share a row of the puzzle embedding.
     *
     * @param examples ascending
     * @throws Refusal 422 when the set has no demonstrations
     */
    List<int[]> byRow(PuzzleSetRow set, int[] examples) {
        PuzzleSet opened = openPuzzleSet.of(set.name(), set.manifestDigest());
        if (!RowDemonstrations.any(opened)) {
            throw new Refusal(
                    422,
                    "protocol: the tasks of " + set.name() + " have no demonstrations that rows could be adapted to",
                    "leave out adaptation (--adapt)");
        }
        List<int[]> rows = new ArrayList<>();
        for (int from = 0; from < examples.length; ) {
            int to = from + 1;
            while (to < examples.length
                    && opened.puzzleIdentifier(examples[to]) == opened.puzzleIdentifier(examples[from])) {
                to++;
            }
            rows.add(Arrays.copyOfRange(examples, from, to));
            from = to;
        }
        return rows;
    }

    /** @throws Refusal 422 when scoring the steps would hold more answers than it may */
    void requireFewAtOnce(PuzzleSetRow set, Protocol protocol, int examples) {
        boolean vote = PuzzleKind.find(set.kind()).map(PuzzleKind::augmented).orElse(false);
        if (!vote || (long) examples * protocol.steps() <= ReadLimits.STEP_ANSWERS_AT_ONCE) {
            return;
        }
        int answers = Math.min(examples, AnswersAtOnce.of(openPuzzleSet.of(set.name(), set.manifestDigest())));
        if ((long) answers * protocol.steps() > ReadLimits.STEP_ANSWERS_AT_ONCE) {
            throw new Refusal(
                    422,
                    "protocol: to score " + protocol.steps() + " steps of " + set.name() + ", " + answers
                            + " answers would be held for each at once, "
                            + (long) answers * protocol.steps() + " in all; at most "
                            + ReadLimits.STEP_ANSWERS_AT_ONCE + " are",
                    "ask for fewer steps or augmentations");
        }
    }
}
