package dev.trmarena.puzzles.score;

import dev.trmarena.limits.Quote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a checkpoint is run: part of the identity of an evaluation. Scores of different protocols are different quantities and
 * never share a board.
 *
 * @param steps improvement steps: exactly so many, or at most when halting is early
 * @param dtype what the network computes in
 * @param augmentations ARC: how many augmentations of each task vote beside the task as it is, the first in the order of the
 *     identifiers; 0 turns voting off; null for all of them
 * @param earlyHalting whether an example ends after the first step with {@code q_halt > 0}. See {@code docs/models.md}, section 5
 * @param blankIdentifier whether every example gets row 0 of the puzzle embedding, so that the network does not know its task
 * @param adaptation how the checkpoint is trained on the demonstrations before; null where the checkpoint answers by its own rows
 */
public record Protocol(
        int steps,
        Dtype dtype,
        @Nullable Integer augmentations,
        boolean earlyHalting,
        boolean blankIdentifier,
        @Nullable Adaptation adaptation) {
    /** Far beyond every published model; a bound, so that no request asks for a year. */
    public static final int MOST_STEPS = 1024;

    /** More than any set has. */
    public static final int MOST_AUGMENTATIONS = 9_999_999;

    private static final Pattern KEY = Pattern.compile("([1-9][0-9]{0,3})-steps\\.([a-z0-9]+)"
            + "(?:\\.(no-votes|first-([1-9][0-9]{0,6})-augmentations))?(\\.early)?(\\.blank-identifier)?"
            + Adaptation.PATTERN + "?");

    public Protocol {
        if (steps < 1 || steps > MOST_STEPS) {
            throw new IllegalArgumentException("steps is " + steps + ", it must be from 1 to " + MOST_STEPS);
        }
        if (augmentations != null && (augmentations < 0 || augmentations > MOST_AUGMENTATIONS)) {
            throw new IllegalArgumentException(
                    "augmentations is " + augmentations + ", it must be from 0 to " + MOST_AUGMENTATIONS);
        }
        if (adaptation != null && blankIdentifier) {
            throw new IllegalArgumentException(
                    "with the blank identifier no example has a row that could be adapted: leave out one of both");
        }
        if (adaptation != null && adaptation.steps() > 0 && dtype != Dtype.FLOAT32) {
            throw new IllegalArgumentException("adapted is in float32, not in " + dtype.key()
                    + ": with its rounding the signs of gradients, and so the rows, depend on what runs beside them");
        }
    }

    /** By the checkpoint's own rows. */
    public Protocol(
            int steps, Dtype dtype, @Nullable Integer augmentations, boolean earlyHalting, boolean blankIdentifier) {
        this(steps, dtype, augmentations, earlyHalting, blankIdentifier, null);
    }

    /** As the authors evaluate: everything votes, nothing ends early. */
    public static Protocol whole(int steps, Dtype dtype) {
        return new Protocol(steps, dtype, null, false, false);
    }

    /** Whether a score by it is one of the checkpoint as its authors would report it, not a preview or an analysis. */
    public boolean isWhole() {
        return augmentations == null && !earlyHalting && !blankIdentifier && adaptation == null;
    }

    /** Whether the rows of the checkpoint answer as they are, so that they have to be those of the puzzle set. */
    public boolean usesOwnRows() {
        return adaptation == null && !blankIdentifier;
    }

    /**
     * The written form, in messages, tables and addresses: {@code 16-steps.bfloat16}, {@code
     * 16-steps.float32.first-8-augmentations.early.blank-identifier}, {@code
     * 16-steps.float32.adapt-rows-96x1.seed-0.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1}.
     */
    public String key() {
        return steps + "-steps." + dtype.key()
                + (augmentations == null
                        ? ""
                        : augmentations == 0 ? ".no-votes" : ".first-" + augmentations + "-augmentations")
                + (earlyHalting ? ".early" : "")
                + (blankIdentifier ? ".blank-identifier" : "")
                + (adaptation == null ? "" : adaptation.key());
    }

    /** @throws IllegalArgumentException when the text is no {@link #key()} */
    public static Protocol parse(String key) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + Quote.of(key) + "' is not a protocol; one is written like "
                    + "16-steps.bfloat16 or 16-steps.float32.first-8-augmentations.early.blank-identifier");
        }
        Integer augmentations =
                parts.group(3) == null ? null : parts.group(4) == null ? 0 : Integer.valueOf(parts.group(4));
        var protocol = new Protocol(
                Integer.parseInt(parts.group(1)),
                Dtype.of(parts.group(2)),
                augmentations,
                parts.group(5) != null,
                parts.group(6) != null,
                parts.group(7) == null ? null : Adaptation.parse(parts.group(7)));
        if (!protocol.key().equals(key)) {
            throw new IllegalArgumentException(
                    "'" + Quote.of(key) + "' is not how that protocol is written: it is " + protocol.key());
        }
        return protocol;
    }

    /** For people, on one line. */
    public String label() {
        return steps + (steps == 1 ? " step" : " steps") + " · " + dtype.key()
                + (augmentations == null
                        ? ""
                        : augmentations == 0
                                ? " · no votes"
                                : " · preview: first " + augmentations
                                        + (augmentations == 1 ? " augmentation" : " augmentations"))
                + (earlyHalting ? " · halts early" : "")
                + (blankIdentifier ? " · blank identifier" : "")
                + (adaptation == null ? "" : " · " + adaptation.label());
    }

    /** The same in another dtype. */
    public Protocol with(Dtype other) {
        return new Protocol(steps, other, augmentations, earlyHalting, blankIdentifier, adaptation);
    }

    public VoteProtocol votes() {
        return augmentations == null ? VoteProtocol.ALL : new VoteProtocol(augmentations);
    }
}
