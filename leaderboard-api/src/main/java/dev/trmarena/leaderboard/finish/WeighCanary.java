package dev.trmarena.leaderboard.finish;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.checkpoint.RowLikeness;
import dev.trmarena.messages.CanaryVerdict;
import dev.trmarena.puzzles.score.Dtype;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which of the causes of a low canary fits the evidence. Measured first: the same demonstrations with other cycles or in another dtype. The
 * measurements behind the numbers here are in {@code docs/canary.md}.
 */
final class WeighCanary {
    /** Settings that are compared at most, the evaluation's own among them. */
    static final int MOST_SETTINGS = 10;

    /** Fewer demonstrations tell nothing. */
    private static final int FEWEST = 16;

    /** From this share on it fits. */
    private static final double FITS = 0.75;

    /** Up to this share it is near 0: no network that knows its tasks solves so few. */
    private static final double NEAR_ZERO = 1.0 / 16;

    /** What another setting must solve more, of the demonstrations and at least: less may be chance. */
    private static final double CLEARLY = 1.0 / 16;

    private static final int AT_LEAST = 4;

    /** What the demonstrations are solved with. */
    record Setting(Dtype dtype, int hCycles, int lCycles) {}

    /**
     * What follows.
     *
     * @param verdict null where nothing does
     */
    record Weighed(
            @Nullable CanaryVerdict verdict,
            @Nullable String evidence,
            @Nullable String remedy) {
        boolean suspect() {
            return verdict != null && verdict.suspect();
        }
    }

    private final CheckpointManifest checkpoint;
    private final int examples;
    private final Map<Setting, Integer> solved;
    private final boolean mayCompare;
    private final String puzzleSet;
    private final Supplier<Optional<RowLikeness>> rows;
    private final Setting own;
    private final int exact;

    /**
     * @param examples demonstrations
     * @param solved how many of them by setting; the evaluation's own is the first
     * @param mayCompare whether it may be solved with others
     * @param rows how alike rows of the puzzle embedding are; asked when that matters
     */
    WeighCanary(
            CheckpointManifest checkpoint,
            int examples,
            Map<Setting, Integer> solved,
            boolean mayCompare,
            String puzzleSet,
            Supplier<Optional<RowLikeness>> rows) {
        this.checkpoint = checkpoint;
        this.examples = examples;
        this.solved = solved;
        this.mayCompare = mayCompare;
        this.puzzleSet = puzzleSet;
        this.rows = rows;
        var first = solved.entrySet().iterator().next();
        this.own = first.getKey();
        this.exact = first.getValue();
    }

    private boolean low() {
        return examples >= FEWEST && exact < FITS * examples;
    }

    private boolean nearZero() {
        return exact <= NEAR_ZERO * examples;
    }

    private boolean hasRows() {
        return checkpoint.hyperParameters().puzzleEmbNdim() > 0;
    }

    /** Nothing that is compared could tell more. */
    private boolean rowsAreOutOfOrder() {
        return nearZero()
                && hasRows()
                && !rows.get().map(RowLikeness::tellsTasks).orElse(false);
    }

    /**
     * What the same demonstrations are to be solved with before there is a verdict: the neighbours of what solved most, as long as that
     * leads further.
     *
     * @param tried so many were, well or not
     */
    List<Setting> wanted(int tried) {
        if (!low() || !mayCompare || rowsAreOutOfOrder()) {
            return List.of();
        }
        List<Setting> wanted = new ArrayList<>();
        HyperParameters hyper = checkpoint.hyperParameters();
        if (tried == 1) {
            for (Dtype dtype : List.of(Dtype.of(hyper.forwardDtype()), Dtype.FLOAT32)) {
                wanted.add(new Setting(dtype, own.hCycles(), own.lCycles()));
            }
        }
        if (checkpoint.architecture().hasCycles()) {
            Setting best = best();
            for (int step : new int[] {-1, 1}) {
                if (best.lCycles() != own.lCycles() || best.equals(own)) {
                    wanted.add(new Setting(own.dtype(), best.hCycles(), best.lCycles() + step));
                }
                if (best.hCycles() != own.hCycles() || best.equals(own)) {
                    wanted.add(new Setting(own.dtype(), best.hCycles() + step, best.lCycles()));
                }
            }
        }
        return wanted.stream()
                .distinct()
                .filter(each -> !solved.containsKey(each) && each.hCycles() >= 1 && each.lCycles() >= 1)
                .filter(each -> each.lCycles() <= checkpoint.architecture().mostLowCycles())
                .limit(Math.max(0, MOST_SETTINGS - tried))
                .toList();
    }

    /** The first of those that solved most. */
    private Setting best() {
        Setting best = own;
        for (var each : solved.entrySet()) {
            if (each.getValue() > solved.getOrDefault(best, 0)) {
                best = each.getKey();
            }
        }
        return best;
    }

    Weighed verdict(UUID evaluation) {
        if (examples < FEWEST) {
            return new Weighed(null, "fewer than " + FEWEST + " demonstrations tell nothing", null);
        }
        if (!low()) {
            return new Weighed(CanaryVerdict.FITS, null, null);
        }
        Setting best = best();
        int more = solved.getOrDefault(best, 0) - exact;
        if (more >= Math.max(AT_LEAST, CLEARLY * examples)) {
            return better(evaluation, best);
        }
        if (nearZero() && hasRows()) {
            return otherRows();
        }
        String chosen = checkpoint.sources().getOrDefault("weights", "");
        if (chosen.contains("(raw,")) {
            return new Weighed(
                    CanaryVerdict.WEIGHTS,
                    "the file holds several networks, and of these the raw weights were chosen: " + chosen,
                    submit("--weights ema"));
        }
        return low(evaluation);
    }

    private Weighed better(UUID evaluation, Setting best) {
        String evidence = "with " + words(best) + " it is " + solved.get(best) + ", the most of " + solved.size()
                + " settings that were compared";
        if (best.dtype() != own.dtype()) {
            return new Weighed(
                    CanaryVerdict.DTYPE,
                    evidence,
                    "Run it in that: ./arena rerun " + evaluation + " --dtype "
                            + best.dtype().key());
        }
        return new Weighed(
                CanaryVerdict.CYCLES,
                evidence,
                submit(
                        best.lCycles() == own.lCycles()
                                ? "--set H_cycles=" + best.hCycles()
                                : "--set L_cycles=" + best.lCycles()));
    }

    /** Those that differ from the evaluation's own. */
    private String words(Setting other) {
        if (other.dtype() != own.dtype()) {
            return other.dtype().key();
        }
        return other.lCycles() == own.lCycles() ? "H_cycles=" + other.hCycles() : "L_cycles=" + other.lCycles();
    }

    private String submit(String options) {
        return "Submit it once more as before, with one change: ./arena submit CHECKPOINT --puzzles " + puzzleSet + " "
                + options;
    }

    private Weighed otherRows() {
        String evidence = rows.get()
                .map(alike -> String.format(
                        Locale.ROOT,
                        alike.tellsTasks()
                                ? "rows of one task are alike (%.2f, of different tasks %.2f), but they seem to be those of other"
                                        + " tasks: the set was built of other subsets, or in another order"
                                : "rows of one task are no more alike than those of different tasks (%.2f and %.2f): they are"
                                        + " numbered in another order",
                        alike.within(),
                        alike.between()))
                .orElse("the rows of these tasks were never trained");
        return new Weighed(
                CanaryVerdict.ROWS,
                evidence,
                "Evaluate it on a set that numbers its rows as its training did: ./arena puzzles build --from arc, with the"
                        + " subsets in their order, the augmentations and the seed of the training");
    }

    private Weighed low(UUID evaluation) {
        if (solved.size() > 1) {
            return new Weighed(
                    CanaryVerdict.LOW,
                    "none of " + (solved.size() - 1) + " other settings solves clearly more; an early checkpoint looks"
                            + " like this, too",
                    null);
        }
        return new Weighed(
                CanaryVerdict.LOW,
                "an early checkpoint looks like this, too; other cycles were not compared, for that would be more than 2 % of"
                        + " the run",
                "Compare before anything else is run: ./arena rerun " + evaluation + " --again --stop-if-suspect");
    }
}
