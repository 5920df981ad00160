package dev.trmarena.puzzles.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found of answers beside their score, so that nothing is left out in silence.
 *
 * @param outputs test outputs of the puzzle set, all of which count
 * @param missing those of which the answers say nothing: they are wrong
 * @param unanswered those whose every attempt that counts is there and empty: they are wrong, too
 * @param unreadable attempts that are no answers and were counted as wrong, as was asked for
 * @param notCounted attempts beyond those that count
 * @param unknown tasks that the puzzle set does not have
 * @param firstUnknown the names of some of them
 * @param cost null when the answers say nothing of it
 */
public record AnswersReport(
        int outputs,
        int missing,
        int unanswered,
        int unreadable,
        int notCounted,
        int unknown,
        List<String> firstUnknown,
        @Nullable AnswerCost cost) {
    public AnswersReport {
        firstUnknown = List.copyOf(firstUnknown);
    }

    /** The same in sentences, for people. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (missing + unanswered > 0) {
            notes.add("of " + outputs + " test outputs " + missing + " are missing and " + unanswered
                    + " have no answer: they are wrong");
        }
        if (unreadable > 0) {
            notes.add(unreadable + " could not be read and count as wrong");
        }
        if (notCounted > 0) {
            notes.add(notCounted + " further attempts do not count");
        }
        if (unknown > 0) {
            String some = firstUnknown.isEmpty() ? "" : ": " + String.join(", ", firstUnknown);
            notes.add(unknown + " of the answers are to tasks that the puzzle set does not have" + some);
        }
        if (cost != null) {
            notes.add("by what they say, the answers to " + cost.tasks() + " tasks took" + took(cost));
        }
        return notes;
    }

    private static String took(AnswerCost cost) {
        List<String> parts = new ArrayList<>();
        if (cost.dollars() != null) {
            parts.add(String.format(Locale.ROOT, " $%.2f, $%.4f a task", cost.dollars(), cost.dollarsPerTask()));
        }
        if (cost.tokens() != null) {
            parts.add(" " + cost.tokens() + " tokens");
        }
        if (cost.seconds() != null) {
            parts.add(String.format(Locale.ROOT, " %.0f s", cost.seconds()));
        }
        return String.join(",", parts);
    }
}
