package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checkpoint of another puzzle set would run and score near zero without a word: the sizes that tell are compared. */
final class FitToPuzzleSet {
    private static final int UNPROCESSABLE = 422;

    private FitToPuzzleSet() {}

    /** @throws Refusal 422 naming both numbers of everything that differs */
    static void check(String file, HyperParameters checkpoint, PuzzleSetRow set) {
        Problem misfit = misfit(file, checkpoint, set);
        if (misfit != null) {
            throw new Refusal(misfit);
        }
    }

    /** @return null when it fits, else both numbers of everything that differs */
    static @Nullable Problem misfit(String file, HyperParameters checkpoint, PuzzleSetRow set) {
        List<String> differences = new ArrayList<>();
        // A network without a puzzle embedding does not tell puzzles apart: it fits any number of identifiers.
        if (checkpoint.puzzleEmbNdim() > 0 && checkpoint.identifierCount() != set.identifierCount()) {
            differences.add("it has " + checkpoint.identifierCount()
                    + " puzzle identifiers (rows of puzzle_emb.weights), the set " + set.identifierCount());
        }
        if (checkpoint.vocabSize() != set.vocabSize()) {
            differences.add("it knows " + checkpoint.vocabSize() + " tokens (rows of lm_head.weight), the set "
                    + set.vocabSize());
        }
        // 0: nothing in such a network depends on the length, as with attention and rotary positions.
        if (checkpoint.seqLen() != 0 && checkpoint.seqLen() != set.seqLen()) {
            int front = checkpoint.puzzleEmbLen();
            differences.add("it is made for sequences of " + checkpoint.seqLen() + " tokens ("
                    + (checkpoint.seqLen() + front) + " positions with " + front
                    + " of the puzzle embedding), the set has "
                    + set.seqLen() + " (" + (set.seqLen() + front) + " positions)");
        }
        if (checkpoint.onBoard() && !HyperParameters.isSquare(set.seqLen())) {
            differences.add("it is made for square boards, the set has sequences of " + set.seqLen()
                    + " tokens, no square number");
        }
        return differences.isEmpty()
                ? null
                : Problem.of(
                        UNPROCESSABLE,
                        file,
                        null,
                        "the checkpoint does not fit the puzzle set '" + set.name() + "': "
                                + String.join("; ", differences),
                        "evaluate it on the set it was trained for: import that dataset (`./arena puzzles import NAME"
                                + " PATH`) and use its name");
    }
}
