package dev.trmarena.leaderboard.finish;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.RowLikeness;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.canary.CanaryRun;
import dev.trmarena.db.canary.CanaryUnits;
import dev.trmarena.db.canary.CanaryView;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.finish.WeighCanary.Setting;
import dev.trmarena.leaderboard.finish.WeighCanary.Weighed;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.puzzles.set.Canary;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** From the demonstrations that were solved to a verdict, or to other settings that they are to be solved with first. */
@Singleton
class JudgeCanary {
    private static final Logger LOG = Logger.getLogger(JudgeCanary.class);

    /** Of the examples of an evaluation: comparing may take so much of it, unless somebody waits for the verdict. */
    private static final double SHARE = 0.02;

    private final OpenPuzzleSets puzzleSets;
    private final ArtifactStore store;

    JudgeCanary(OpenPuzzleSets puzzleSets, ArtifactStore store) {
        this.puzzleSets = puzzleSets;
        this.store = store;
    }

    /** Must run in a transaction. */
    void judge(Handle handle, UUID evaluation) {
        CanaryUnits.Target target = CanaryUnits.lock(handle, evaluation).orElse(null);
        if (target == null) {
            return;
        }
        List<CanaryUnits.Run> runs = CanaryUnits.runs(handle, evaluation);
        CanaryUnits.Run own = runs.get(0);
        if (own.failure() != null) {
            giveUp(handle, evaluation, own.failure());
            return;
        }
        var checkpoint = CheckpointManifest.fromJson(target.manifest().getBytes(StandardCharsets.UTF_8));
        Map<Setting, Integer> solved = solved(checkpoint, runs);
        boolean mayCompare = target.stopIfSuspect()
                || (double) WeighCanary.MOST_SETTINGS * own.examples() <= SHARE * target.exampleCount();
        var weigh = new WeighCanary(
                checkpoint, own.examples(), solved, mayCompare, target.puzzleSet(), () -> rows(checkpoint, target));
        List<Setting> wanted = weigh.wanted(runs.size());
        if (!wanted.isEmpty()) {
            for (int i = 0; i < wanted.size(); i++) {
                Setting setting = wanted.get(i);
                var settings = new CanaryUnits.Settings(
                        target.protocol().with(setting.dtype()), setting.hCycles(), setting.lCycles());
                CanaryUnits.add(handle, evaluation, settings, runs.size() + i, own.examples(), target.unitSize());
            }
            return;
        }
        Weighed weighed = weigh.verdict(evaluation);
        List<CanaryRun> compared = new ArrayList<>();
        solved.forEach((setting, exact) ->
                compared.add(new CanaryRun(setting.dtype().key(), setting.hCycles(), setting.lCycles(), exact)));
        CanaryUnits.judged(
                handle,
                evaluation,
                new CanaryView(
                        null,
                        own.examples(),
                        own.exact(),
                        weighed.verdict(),
                        weighed.suspect(),
                        weighed.evidence(),
                        weighed.remedy(),
                        target.stopIfSuspect(),
                        compared.subList(1, compared.size())));
        LOG.infof("evaluation %s: canary %d of %d, %s", evaluation, own.exact(), own.examples(), weighed.verdict());
        if (target.stopIfSuspect() && weighed.suspect()) {
            String reason = "canary " + own.exact() + " of " + own.examples() + ": " + weighed.evidence() + ". "
                    + weighed.remedy();
            WorkUnits.failed(handle, evaluation, FailureKind.SUSPECT, reason, List.of());
        }
    }

    /** It cannot be had: the evaluation goes on without. */
    static void giveUp(Handle handle, UUID evaluation, String reason) {
        CanaryUnits.lock(handle, evaluation)
                .ifPresent(target ->
                        CanaryUnits.judged(handle, evaluation, CanaryView.without(reason, target.stopIfSuspect())));
    }

    /** By their settings, the evaluation's own first; without those that could not be solved. */
    private static Map<Setting, Integer> solved(CheckpointManifest checkpoint, List<CanaryUnits.Run> runs) {
        var hyper = checkpoint.hyperParameters();
        Map<Setting, Integer> solved = new LinkedHashMap<>();
        for (CanaryUnits.Run run : runs) {
            if (run.failure() == null) {
                Integer high = run.hCycles();
                Integer low = run.lCycles();
                solved.put(
                        new Setting(
                                run.protocol().dtype(),
                                high == null ? hyper.hCycles() : high,
                                low == null ? hyper.lCycles() : low),
                        run.exact());
            }
        }
        return solved;
    }

    private Optional<RowLikeness> rows(CheckpointManifest checkpoint, CanaryUnits.Target target) {
        Canary canary =
                Canary.of(puzzleSets.byManifest(target.puzzleSetManifest())).orElseThrow();
        try {
            int first = checkpoint.hyperParameters().identifierOffset();
            List<int[]> rows = canary.rowsOfTasks().stream()
                    .map(task -> Arrays.stream(task).map(row -> first + row).toArray())
                    .toList();
            return RowLikeness.of(store.path(checkpoint.weights()), rows);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the rows of the puzzle embedding", e);
        }
    }
}
