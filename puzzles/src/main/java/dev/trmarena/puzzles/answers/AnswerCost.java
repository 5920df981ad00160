package dev.trmarena.puzzles.answers;

import org.jspecify.annotations.Nullable;

/**
 * What answers took, as they say themselves, over all attempts: those that do not count for the score were paid for, too.
 *
 * @param tasks that say anything of it
 * @param dollars in all; null when none says it
 * @param tokens in all, likewise
 * @param seconds in all, likewise, those of attempts side by side added
 */
public record AnswerCost(
        int tasks,
        @Nullable Double dollars,
        @Nullable Long tokens,
        @Nullable Double seconds) {
    /** In the mean over the tasks that say anything of it; null when none does. */
    public @Nullable Double dollarsPerTask() {
        return dollars == null ? null : Double.valueOf(dollars / tasks);
    }
}
