package dev.trmarena.ingest.plan;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.puzzles.score.Adaptation;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.PuzzleKind;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the checkpoint is to be run, where that differs from how its authors run it. What is not said is theirs.
 *
 * @param steps improvement steps; else the checkpoint's {@code halt_max_steps}
 * @param dtype {@code float32}, {@code bfloat16} or {@code float16}; else the checkpoint's {@code forward_dtype}, or {@code float32} where
 *     anything is adapted, which is done in nothing else
 * @param augmentations ARC: how many of each task vote, a cheap preview; 0 turns voting off
 * @param earlyHalting an example ends after the first step with q_halt above 0
 * @param blankIdentifier the network is not told which task it sees: how much of the score is memory of the task
 * @param adaptation rows or all weights are trained on the demonstrations first, for tasks that the checkpoint has never seen
 */
record RequestedProtocol(
        @Schema(minimum = "1", maximum = "" + Protocol.MOST_STEPS) @Nullable
        Integer steps,

        @Nullable String dtype,

        @Schema(minimum = "0", maximum = "" + Protocol.MOST_AUGMENTATIONS) @Nullable
        Integer augmentations,

        @Nullable Boolean earlyHalting,
        @Nullable Boolean blankIdentifier,
        @Nullable RequestedAdaptation adaptation) {
    private static final int UNPROCESSABLE = 422;
    private static final String LEAVE_OUT = "leave out adaptation (--adapt)";

    static final RequestedProtocol AUTHORS = new RequestedProtocol(null, null, null, null, null, null);

    /** @throws Refusal 422 when it has no meaning for this checkpoint on this set */
    Protocol of(Architecture architecture, HyperParameters hyper, PuzzleSetRow set) {
        boolean early = Boolean.TRUE.equals(earlyHalting);
        boolean blank = Boolean.TRUE.equals(blankIdentifier);
        if (early && hyper.halting() != null) {
            throw refused(
                    "the checkpoint halts by a rule of its own (" + hyper.halting() + ")",
                    "leave out earlyHalting: its own halting is how it runs anyway");
        }
        if (augmentations != null && !PuzzleKind.named(set.kind()).augmented()) {
            throw refused(
                    set.name() + " is a " + set.kind() + " set, it has no augmentations", "leave out augmentations");
        }
        boolean allBlank = set.identifierCount() <= 1 && hyper.identifierOffset() == 0;
        if (blank && (hyper.puzzleEmbNdim() == 0 || allBlank)) {
            throw refused(
                    hyper.puzzleEmbNdim() == 0
                            ? "the checkpoint has no puzzle embedding, it never knows which task it sees"
                            : "the examples of " + set.name() + " all have the blank identifier already",
                    "leave out blankIdentifier");
        }
        if (adaptation != null) {
            requireRows(architecture, hyper, set);
        }
        try {
            Adaptation adapted = adaptation == null ? null : adaptation.adaptation();
            String computed = adapted != null && adapted.steps() > 0 ? Dtype.FLOAT32.key() : hyper.forwardDtype();
            return new Protocol(
                    steps == null ? hyper.haltMaxSteps() : steps,
                    Dtype.of(dtype == null ? computed : dtype),
                    augmentations,
                    early,
                    blank,
                    adapted);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()), "correct 'protocol' in the request, or leave it out");
        }
    }

    /** Whether the rows of the set are those that the checkpoint was trained with, so that these have to fit. */
    boolean usesOwnRows() {
        return adaptation == null && !Boolean.TRUE.equals(blankIdentifier);
    }

    private static void requireRows(Architecture architecture, HyperParameters hyper, PuzzleSetRow set) {
        if (!PuzzleKind.named(set.kind()).augmented()) {
            throw refused("a " + set.kind() + " set has no demonstrations that rows could be adapted to", LEAVE_OUT);
        }
        if (hyper.puzzleEmbNdim() == 0) {
            throw refused("the checkpoint has no puzzle embedding whose rows could be adapted", LEAVE_OUT);
        }
        if (!architecture.trains()) {
            throw refused("networks of the family " + architecture.key() + " are not trained here", LEAVE_OUT);
        }
        if (hyper.identifierOffset() > 0) {
            throw refused(
                    "rows that are adapted are new ones, so the set begins at no row of the checkpoint",
                    "leave out identifier_offset (--identifier-offset)");
        }
    }

    private static Refusal refused(String problem, String remedy) {
        return new Refusal(UNPROCESSABLE, "protocol: " + problem, remedy);
    }
}
