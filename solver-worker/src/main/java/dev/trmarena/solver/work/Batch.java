package dev.trmarena.solver.work;

import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which units may be solved together. */
final class Batch {
    private Batch() {}

    /**
     * The first of the units that wait and those that fit to it, as many as the solver does in one batch.
     *
     * @param waiting at least one
     */
    static List<TakenUnit> next(List<TakenUnit> waiting, Pace pace) {
        TakenUnit first = waiting.get(0);
        List<TakenUnit> batch = new ArrayList<>();
        int most = pace.examples(first.unit().evaluation());
        int examples = 0;
        for (TakenUnit each : waiting) {
            boolean fits = examples + each.unit().exampleCount() <= most && fits(first.unit(), each.unit());
            if (each == first || fits) {
                batch.add(each);
                examples += each.unit().exampleCount();
            }
        }
        return batch;
    }

    /**
     * Whether two units are scored and differ in their examples alone. Replays and canaries are few, and each has an end of its
     * own; so has a unit that came to nothing before.
     */
    static boolean fits(WorkUnit a, WorkUnit b) {
        return a.purpose() == Purpose.SCORE
                && b.purpose() == Purpose.SCORE
                && !a.alone()
                && !b.alone()
                && a.evaluation().equals(b.evaluation())
                && a.round() == b.round()
                && a.checkpointManifest().equals(b.checkpointManifest())
                && a.puzzleSetManifest().equals(b.puzzleSetManifest())
                && a.protocol().equals(b.protocol())
                && a.replayTasks() == b.replayTasks()
                && Objects.equals(a.hCycles(), b.hCycles())
                && Objects.equals(a.lCycles(), b.lCycles());
    }
}
