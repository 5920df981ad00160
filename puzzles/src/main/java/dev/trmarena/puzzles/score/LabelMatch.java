package dev.trmarena.puzzles.score;

import org.jspecify.annotations.Nullable;

/**
 * How the answer to an example compares with its labels, token by token, before anything is cropped, turned back or counted as
 * a vote.
 *
 * @param labelled cells with a label that counts
 * @param wrong those of them that the answer has otherwise
 */
public record LabelMatch(int labelled, int wrong) {
    public LabelMatch {
        if (wrong < 0 || labelled < wrong) {
            throw new IllegalArgumentException(wrong + " wrong cells of " + labelled);
        }
    }

    /**
     * @param labels L tokens
     * @param tokens of the answer, L of them
     * @param ignore the label of cells that do not count; null when all count
     */
    static LabelMatch of(int[] labels, byte[] tokens, @Nullable Integer ignore) {
        int labelled = 0;
        int wrong = 0;
        for (int i = 0; i < labels.length; i++) {
            if (ignore == null || labels[i] != ignore) {
                labelled++;
                wrong += labels[i] == (tokens[i] & 0xff) ? 0 : 1;
            }
        }
        return new LabelMatch(labelled, wrong);
    }

    /** Whether there is anything to be right or wrong about: what has no labels is left out of every metric. */
    boolean counts() {
        return labelled > 0;
    }

    boolean exact() {
        return wrong == 0;
    }
}
