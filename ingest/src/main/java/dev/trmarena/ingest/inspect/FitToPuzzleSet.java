package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.checkpoint.Leeway;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of another puzzle set would run and score near zero without a word: the sizes that tell are compared. A larger one that was
 * trained on joined sets fits when somebody says so.
 *
 * @param differences both numbers of each that keeps it from running
 * @param mends by {@link Leeway}: settings that would make it fit; empty when nothing would
 * @param notes sentences on what is larger than the set needs
 * @param adapts whether nothing but rows of the puzzle embedding differs, on a set that rows can be adapted to
 */
public record FitToPuzzleSet(List<String> differences, List<String> mends, List<String> notes, boolean adapts) {
    private static final int UNPROCESSABLE = 422;

    private static final String DIALECT =
            "it speaks nano-trm's dialect of Sudoku (a blank is token 2, digit d is d + 2), the set that of"
                    + " the models' authors (1, and d + 1)";

    public FitToPuzzleSet {
        differences = List.copyOf(differences);
        mends = List.copyOf(mends);
        notes = List.copyOf(notes);
    }

    /** What is larger than this set needs, in sentences, of a checkpoint that was let run on it. */
    public static List<String> notes(HyperParameters checkpoint, PuzzleSetRow set, Protocol protocol) {
        List<String> notes = new ArrayList<>(
                sizes(checkpoint, set, new Leeway(checkpoint.identifierOffset(), true), protocol.adaptation() == null)
                        .notes());
        if (protocol.adaptation() != null) {
            notes.add("none of the " + checkpoint.identifierCount()
                    + " rows of its puzzle embedding is used as it is: the " + set.identifierCount()
                    + " of the set begin as their mean");
        }
        return notes;
    }

    /**
     * @param family key of the architecture
     * @param ownRows whether it runs by its own rows, which have to be those of the set
     */
    static FitToPuzzleSet of(
            Architecture family, HyperParameters checkpoint, PuzzleSetRow set, Leeway leeway, boolean ownRows) {
        int side = (int) Math.sqrt(set.seqLen());
        boolean sudoku = side * side == set.seqLen() && set.vocabSize() == side + 2;
        if (family == Architecture.NANO_TRM && sudoku && checkpoint.vocabSize() > set.vocabSize()) {
            return new FitToPuzzleSet(List.of(DIALECT), List.of(), List.of(), false);
        }
        FitToPuzzleSet fit = sizes(checkpoint, set, leeway, ownRows);
        boolean adapts = family.trains()
                && checkpoint.puzzleEmbNdim() > 0
                && PuzzleKind.named(set.kind()).augmented()
                && sizes(checkpoint, set, leeway, false).differences().isEmpty();
        return new FitToPuzzleSet(fit.differences(), fit.mends(), fit.notes(), adapts);
    }

    private static FitToPuzzleSet sizes(HyperParameters checkpoint, PuzzleSetRow set, Leeway leeway, boolean ownRows) {
        List<String> differences = new ArrayList<>();
        List<String> mends = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int rows = checkpoint.identifierCount();
        int before = checkpoint.identifierOffset();
        int behind = rows - before - set.identifierCount();
        // A network without a puzzle embedding does not tell puzzles apart: it fits any number of identifiers.
        if (ownRows && checkpoint.puzzleEmbNdim() > 0 && (before > 0 || behind != 0)) {
            if (behind < 0 || leeway.identifierOffset() == null) {
                differences.add("it has " + rows + " puzzle identifiers (rows of puzzle_emb.weights), the set "
                        + set.identifierCount() + (before == 0 ? "" : ", from row " + before + " on"));
                if (rows > set.identifierCount()) {
                    mends.add(Leeway.IDENTIFIER_OFFSET);
                }
            } else {
                notes.add("of the " + rows + " rows of its puzzle embedding the set has " + set.identifierCount() + ": "
                        + before + " before them and " + behind + " behind them are not used");
            }
        }
        if (checkpoint.vocabSize() > set.vocabSize() && leeway.largerVocabulary()) {
            notes.add("it knows " + checkpoint.vocabSize() + " tokens, the set has " + set.vocabSize()
                    + ": an answer with any of the others is wrong");
        } else if (checkpoint.vocabSize() != set.vocabSize()) {
            differences.add("it knows " + checkpoint.vocabSize() + " tokens (rows of lm_head.weight), the set "
                    + set.vocabSize());
            if (checkpoint.vocabSize() > set.vocabSize()) {
                mends.add(Leeway.LARGER_VOCABULARY);
            }
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
        boolean mended = mends.size() == differences.size();
        return new FitToPuzzleSet(differences, mended ? mends : List.of(), notes, false);
    }

    /** @throws Refusal 422 naming both numbers of everything that differs */
    public static void check(
            String file,
            Architecture architecture,
            HyperParameters checkpoint,
            PuzzleSetRow set,
            Leeway leeway,
            boolean ownRows) {
        Problem misfit = of(architecture, checkpoint, set, leeway, ownRows).problem(file, set.name());
        if (misfit != null) {
            throw new Refusal(misfit);
        }
    }

    /** @return null when it fits, else both numbers of everything that differs */
    @Nullable
    Problem problem(String file, String set) {
        return differences.isEmpty()
                ? null
                : Problem.of(
                        UNPROCESSABLE,
                        file,
                        null,
                        "the checkpoint does not fit the puzzle set '" + set + "': " + String.join("; ", differences),
                        remedy());
    }

    private String remedy() {
        if (differences.contains(DIALECT)) {
            return "run it on arrays in its own dialect by `./arena solve`, which takes tokens as they are";
        }
        var remedy =
                new StringBuilder("evaluate it on the set it was trained for: import that dataset (`./arena puzzles"
                        + " import NAME PATH`) and use its name");
        if (!mends.isEmpty()) {
            remedy.append("; or, if it was trained on this set joined with others, say so:");
        }
        if (mends.contains(Leeway.IDENTIFIER_OFFSET)) {
            remedy.append(" --identifier-offset N, the row at which this set begins");
        }
        if (mends.contains(Leeway.LARGER_VOCABULARY)) {
            remedy.append(mends.size() > 1 ? " and" : "")
                    .append(" --allow-larger-vocabulary, answers with other tokens are wrong then");
        }
        if (!mends.isEmpty()) {
            remedy.append(" (through the API ")
                    .append(String.join(" and ", mends))
                    .append(" among the hyperParameters)");
        }
        if (adapts) {
            remedy.append(
                    "; or, where it has never seen these tasks, have rows for them trained on their demonstrations first:"
                            + " --adapt rows --adapt-steps N (through the API adaptation in the protocol)");
        }
        return remedy.toString();
    }
}
