package dev.trmarena.leaderboard;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.dispatch.DispatchUnits;
import dev.trmarena.db.dispatch.MakeUnits;
import dev.trmarena.db.plan.NewCheckpoint;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.PlanEvaluation;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The demo's ARC-style set with an evaluation that waits for solvers, and the answers that the authors' code gave. */
record PlannedDemo(Jdbi jdbi, UUID evaluation, String setManifest, Path demo) {
    static final Protocol PROTOCOL = Protocol.whole(4, Dtype.FLOAT32);
    static final int UNIT = 20;
    static final int EXAMPLES = 126;

    /** Plans an evaluation of its own: the checkpoint's digest is made from the name. */
    static PlannedDemo plan(Jdbi jdbi, ArtifactStore store, String name) throws IOException {
        Path demo = Path.of(System.getProperty("arena.root", "..")).resolve("demo/arc-style");
        PuzzleSetManifest manifest;
        try (var scratch = Scratch.named("planned-demo")) {
            var set = PuzzleSetImport.read(demo.resolve("dataset"), null, scratch.folder());
            Map<String, String> artifacts = new HashMap<>();
            for (var file : set.files().entrySet()) {
                artifacts.put(file.getKey(), store.put(file.getValue()).digest());
            }
            manifest = set.manifest().withArtifacts(artifacts);
        }
        String digest = store.put(new ByteArrayInputStream(manifest.toJson())).digest();
        UUID evaluation = UUID.randomUUID();
        var plan = new PlannedDemo(jdbi, evaluation, digest, demo);
        jdbi.useTransaction(handle -> {
            var row = new PuzzleSetRow(
                    UUID.randomUUID(),
                    "demo",
                    "arc",
                    digest,
                    manifest.seqLen(),
                    manifest.vocabSize(),
                    manifest.identifierCount(),
                    manifest.exampleCount(),
                    manifest.taskCount());
            PuzzleSets.insert(handle, row, List.of(digest));
            UUID setId = PuzzleSets.find(handle, "demo").orElseThrow().id();
            String own = String.format(Locale.ROOT, "%064x", Integer.toUnsignedLong(name.hashCode()));
            PlanEvaluation.plan(
                    handle,
                    new NewCheckpoint(own, own, own, own, "step_17153", "trm", 10, 20, "{}"),
                    new NewEvaluation(
                            evaluation, setId, name, PROTOCOL, Priority.NORMAL, false, EXAMPLES, plan.units()));
            MakeUnits.untilSoManyWait(handle, evaluation, plan.unitCount());
        });
        return plan;
    }

    private List<NewEvaluation.Unit> units() {
        List<NewEvaluation.Unit> units = new ArrayList<>();
        for (int unit = 0; unit * UNIT < EXAMPLES; unit++) {
            units.add(new NewEvaluation.Unit(unit, unit * UNIT, unit * UNIT + count(unit), count(unit)));
        }
        return units;
    }

    int unitCount() {
        return (EXAMPLES + UNIT - 1) / UNIT;
    }

    /** As the dispatcher marks it. */
    void giveOut(Jdbi jdbi, int unit, int handout) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update work_unit set given_out_at = now(), handouts = :handout
                        where evaluation_id = :id and idx = :unit""")
                .bind("handout", handout)
                .bind("id", evaluation)
                .bind("unit", unit)
                .execute());
    }

    /** As ingest does all the time. */
    void dispatch(Jdbi jdbi) {
        var limits = new DispatchUnits.Limits(1000, 0, 3, 0);
        jdbi.useTransaction(handle -> DispatchUnits.some(handle, limits, Instant.now()));
    }

    WorkUnit work(int unit, int handout) {
        return new WorkUnit(
                evaluation,
                unit,
                Purpose.SCORE,
                1,
                handout,
                "a".repeat(64),
                setManifest,
                unit * UNIT,
                unit * UNIT + count(unit),
                count(unit),
                PROTOCOL.key(),
                0);
    }

    /** What a solver says first; each call is another delivery. */
    Outcome.Started started(int unit, int handout, String solver) {
        return new Outcome.Started(evaluation, unit, UUID.randomUUID(), solver, UUID.randomUUID(), 1, handout, "CPU");
    }

    /** What a solver says that met an error. */
    Outcome.Returned trouble(Outcome.Started started, String reason) {
        return new Outcome.Returned(
                evaluation,
                started.unit(),
                started.delivery(),
                started.solver(),
                started.handout(),
                FailureKind.STORE,
                reason,
                List.of("what " + started.solver() + " logged"));
    }

    /** What a solver says that was asked to stop. */
    Outcome.Returned handedBack(Outcome.Started started) {
        return new Outcome.Returned(
                evaluation,
                started.unit(),
                started.delivery(),
                started.solver(),
                started.handout(),
                null,
                "asked to stop",
                List.of());
    }

    private static int count(int unit) {
        return Math.min(UNIT, EXAMPLES - unit * UNIT);
    }

    /** What a solver would send that took the unit up and whose network predicts nothing but padding. */
    Outcome.Solved padding(int unit) {
        List<Prediction> predictions = new ArrayList<>();
        for (int example = unit * UNIT; example < unit * UNIT + count(unit); example++) {
            predictions.add(new Prediction(example, new byte[900], 0, 4, new byte[0], List.of()));
        }
        return TakeUp.one(jdbi, new Outcome.Solved(evaluation, unit, UUID.randomUUID(), "test", "CPU", 5, predictions));
    }

    /** What a solver would send: the authors' predictions. */
    Outcome.Solved solved(int unit) throws IOException {
        NpyArray tokens = Npy.open(demo.resolve("expected_preds.npy"));
        NpyArray halt = Npy.open(demo.resolve("expected_q_halt_logits.npy"));
        List<Prediction> predictions = new ArrayList<>();
        for (int example = unit * UNIT; example < unit * UNIT + count(unit); example++) {
            byte[] answer = new byte[900];
            for (int i = 0; i < answer.length; i++) {
                answer[i] = (byte) tokens.longAt(example * answer.length + i);
            }
            predictions.add(new Prediction(example, answer, halt.floatAt(example), 4, new byte[0], List.of()));
        }
        return TakeUp.one(jdbi, new Outcome.Solved(evaluation, unit, UUID.randomUUID(), "test", "CPU", 5, predictions));
    }
}
