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
 */
public record Protocol(
        int steps, Dtype dtype, @Nullable Integer augmentations, boolean earlyHalting, boolean blankIdentifier) {
    /** Far beyond every published model; a bound, so that no request asks for a year. */
    public static final int MOST_STEPS = 1024;

    /** More than any set has. */
    public static final int MOST_AUGMENTATIONS = 9_999_999;

    private static final Pattern KEY = Pattern.compile("([1-9][0-9]{0,3})-steps\\.([a-z0-9]+)"
            + "(?:\\.(no-votes|first-([1-9][0-9]{0,6})-augmentations))?(\\.early)?(\\.blank-identifier)?");

    public Protocol {
        if (steps < 1 || steps > MOST_STEPS) {
            throw new IllegalArgumentException("steps is " + steps + ", it must be from 1 to " + MOST_STEPS);
        }
        if (augmentations != null && (augmentations < 0 || augmentations > MOST_AUGMENTATIONS)) {
            throw new IllegalArgumentException(
                    "augmentations is " + augmentations + ", it must be from 0 to " + MOST_AUGMENTATIONS);
        }
    }

    /** As the authors evaluate: everything votes, nothing ends early. */
    public static Protocol whole(int steps, Dtype dtype) {
        return new Protocol(steps, dtype, null, false, false);
    }

    /** Whether a score by it is one of the checkpoint as its authors would report it, not a preview or an analysis. */
    public boolean isWhole() {
        return augmentations == null && !earlyHalting && !blankIdentifier;
    }

    /**
     * The written form, in messages, tables and addresses: {@code 16-steps.bfloat16}, {@code
     * 16-steps.float32.first-8-augmentations.early.blank-identifier}.
     */
    public String key() {
        return steps + "-steps." + dtype.key()
                + (augmentations == null
                        ? ""
                        : augmentations == 0 ? ".no-votes" : ".first-" + augmentations + "-augmentations")
                + (earlyHalting ? ".early" : "")
                + (blankIdentifier ? ".blank-identifier" : "");
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
        return new Protocol(
                Integer.parseInt(parts.group(1)),
                Dtype.of(parts.group(2)),
                augmentations,
                parts.group(5) != null,
                parts.group(6) != null);
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
                + (blankIdentifier ? " · blank identifier" : "");
    }

    /** The same in another dtype. */
    public Protocol with(Dtype other) {
        return new Protocol(steps, other, augmentations, earlyHalting, blankIdentifier);
    }

    public VoteProtocol votes() {
        return augmentations == null ? VoteProtocol.ALL : new VoteProtocol(augmentations);
    }
}
