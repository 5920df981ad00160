package dev.trmarena.db.canary;

import dev.trmarena.messages.CanaryVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demonstrations say that training saw, solved before the test examples. No part of any score.
 *
 * @param none why there is no canary; null where there is one
 * @param examples demonstrations that are solved; 0 where there is none
 * @param exact so many of them are exactly right; null until all are answered
 * @param verdict what follows; null until then, and for fewer demonstrations than tell anything
 * @param suspect whether it is by the verdict set up in another way than its checkpoint was trained
 * @param evidence for the verdict, a sentence or two
 * @param remedy what to change, with the command; null where nothing is to be changed
 * @param stopsIfSuspect whether the evaluation waits for the verdict, and ends if it is suspect
 * @param runs other settings that the same demonstrations were solved with, to compare
 */
public record CanaryView(
        @Nullable String none,
        int examples,
        @Nullable Integer exact,
        @Nullable CanaryVerdict verdict,
        boolean suspect,
        @Nullable String evidence,
        @Nullable String remedy,
        boolean stopsIfSuspect,
        List<CanaryRun> runs) {
    public CanaryView {
        runs = List.copyOf(runs);
    }

    /** There is none. */
    public static CanaryView without(String why, boolean stopsIfSuspect) {
        return new CanaryView(why, 0, null, null, false, null, null, stopsIfSuspect, List.of());
    }

    /** One that is still to be answered. */
    public static CanaryView of(int examples, boolean stopsIfSuspect) {
        return new CanaryView(null, examples, null, null, false, null, null, stopsIfSuspect, List.of());
    }
}
