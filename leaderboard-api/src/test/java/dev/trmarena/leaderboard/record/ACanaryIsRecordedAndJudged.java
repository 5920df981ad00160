package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.canary.CanaryUnits;
import dev.trmarena.db.canary.CanaryView;
import dev.trmarena.db.canary.DispatchCanaries;
import dev.trmarena.db.canary.NewCanary;
import dev.trmarena.db.dispatch.DispatchUnits;
import dev.trmarena.golden.LargerTable;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.messages.CanaryVerdict;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.Canary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the answers of solvers that are played, by way of the recorder, to what the API says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACanaryIsRecordedAndJudged {
    private static final int EXAMPLES = 20;
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo/arc-style");

    private final Jdbi jdbi = TestPostgres.migrated();

    @TempDir
    Path folder;

    private ArtifactStore store;
    private StoredSet set;
    private Canary canary;
    private Finisher finisher;
    private OutcomeRecorder recorder;
    private String checkpoint;

    @BeforeEach
    void store() throws IOException {
        store = new ArtifactStore(folder.resolve("store"));
        set = StoredSet.built(jdbi, store, "some", 0, 12, 8, true);
        canary = Canary.of(set.set()).orElseThrow();
        finisher = Finisher.started(jdbi, store);
        recorder = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        checkpoint = stored("plain", Files.readAllBytes(DEMO.resolve("step_17153")), Map.of());
    }

    @Test
    void most_are_right_and_so_is_the_set_up() {
        UUID evaluation = planned(false);
        answerAll(evaluation, 17);
        finisher.look();
        var view = Objects.requireNonNull(view(evaluation).canary());
        assertThat(view.exact()).isEqualTo(17);
        assertThat(view.examples()).isEqualTo(EXAMPLES);
        assertThat(view.verdict()).isEqualTo(CanaryVerdict.FITS);
        assertThat(view.evidence()).isNull();
        assertThat(view(evaluation).examplesDone()).isZero();
        set.answers(evaluation, 7).forEach(recorder::record);
        finisher.look();
        assertThat(view(evaluation).state()).isEqualTo(EvaluationState.FINISHED);
        assertThat(view(evaluation).examplesDone())
                .as("demonstrations are none of its examples")
                .isEqualTo(view(evaluation).exampleCount());
    }

    @Test
    void none_are_right_whatever_is_tried_and_what_is_to_stop_stops_before_its_first_example() {
        UUID evaluation = planned(true);
        int rounds = 0;
        while (answerAll(evaluation, 0) > 0) {
            assertThat(view(evaluation).state()).isEqualTo(EvaluationState.QUEUED);
            finisher.look();
            rounds++;
        }
        assertThat(rounds).as("its own settings, then its neighbours").isEqualTo(2);
        EvaluationView view = view(evaluation);
        assertThat(view.state()).isEqualTo(EvaluationState.FAILED);
        var failure = Objects.requireNonNull(view.failure());
        assertThat(failure.kind()).isEqualTo(FailureKind.SUSPECT);
        assertThat(failure.reason()).contains("canary 0 of 20", "rows");
        assertThat(Objects.requireNonNull(view.canary()).verdict()).isEqualTo(CanaryVerdict.ROWS);
        assertThat(view.canary().runs()).hasSize(3);
        assertThat(view.scores()).isEmpty();
        assertThat(dispatched()).isZero();
    }

    /** Other sets' rows, which are all alike, stand before its own. */
    @Test
    void rows_of_a_checkpoint_of_joined_sets_are_looked_at_where_the_set_begins() throws IOException {
        CanaryView plain = judged();
        byte[] weights = Files.readAllBytes(folder.resolve("plain.safetensors"));
        String table = "puzzle_emb.weights";
        byte[] joined = LargerTable.with(weights, table, LargerTable.row(weights, table, 1, 1), 200, 3);
        checkpoint = stored("joined", joined, Map.of("identifier_offset", "200"));
        assertThat(judged()).isEqualTo(plain);
        assertThat(plain.verdict()).isEqualTo(CanaryVerdict.ROWS);
        assertThat(plain.evidence()).contains("rows of one task are alike (0.3");
    }

    /** Where none is right and nothing else was compared. */
    private CanaryView judged() {
        UUID evaluation = planned(false);
        answerAll(evaluation, 0);
        finisher.look();
        return Objects.requireNonNull(view(evaluation).canary());
    }

    @Test
    void what_cannot_be_an_answer_is_not_recorded() {
        UUID evaluation = planned(false);
        give();
        assertThatThrownBy(() -> recorder.record(answer(evaluation, 0, List.of(prediction(99, false)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("demonstration 99");
        assertThatThrownBy(() -> recorder.record(answer(evaluation, 77, List.of(prediction(0, true)))))
                .hasMessageContaining("has no unit 77");
        for (int unit = 0; unit < 3; unit++) {
            assertThat(view(evaluation).canary()).isEqualTo(CanaryView.of(EXAMPLES, false));
            recorder.record(new Outcome.NoCanaryAnswer(
                    evaluation, unit, "s", 1, Outcome.NotReplayed.End.IMPOSSIBLE, "a token is out of range"));
            finisher.look();
        }
        assertThat(Objects.requireNonNull(view(evaluation).canary()).none()).contains("a token is out of range");
        assertThat(view(evaluation).state()).as("it goes on without").isEqualTo(EvaluationState.QUEUED);
        assertThat(dispatched()).isPositive();
    }

    /** @return its manifest, as ingest writes it */
    private String stored(String name, byte[] file, Map<String, String> settings) throws IOException {
        Path weights = folder.resolve(name + ".safetensors");
        var converted = CheckpointInspection.convert(
                Files.write(folder.resolve(name), file),
                name,
                new Configuration(DEMO.resolve("all_config.yaml"), null, null, settings),
                weights);
        var manifest = converted.with(store.put(weights).digest(), converted.tensorDigest(), "0".repeat(64));
        return new String(manifest.toJson(), StandardCharsets.UTF_8);
    }

    private UUID planned(boolean stops) {
        UUID evaluation = set.plan(jdbi, "m", StoredSet.WHOLE, true);
        jdbi.useHandle(handle -> {
            Protocol protocol = Protocol.parse(handle.createQuery("select protocol from evaluation where id = :id")
                    .bind("id", evaluation)
                    .mapTo(String.class)
                    .one());
            handle.createUpdate("update checkpoint set manifest = :manifest::jsonb")
                    .bind("manifest", checkpoint)
                    .execute();
            handle.execute("update evaluation set unit_size = 8 where id = ?", evaluation);
            CanaryUnits.plan(handle, evaluation, new NewCanary(null, EXAMPLES, stops), protocol, 8);
        });
        return evaluation;
    }

    /** @return units that were answered; of all of them so many demonstrations are right, the first ones */
    private int answerAll(UUID evaluation, int right) {
        give();
        record Unit(int idx, int firstExample, int endExample) {}
        List<Unit> units = jdbi.withHandle(handle ->
                handle.createQuery("""
                        select idx, first_example, end_example from canary_unit
                        where evaluation_id = :id and exact is null and given_out_at is not null order by idx""").bind("id", evaluation).mapTo(Unit.class).list());
        for (Unit unit : units) {
            List<Prediction> predictions = new ArrayList<>();
            for (int example = unit.firstExample(); example < unit.endExample(); example++) {
                predictions.add(prediction(example, example < right));
            }
            recorder.record(answer(evaluation, unit.idx(), predictions));
            recorder.record(answer(evaluation, unit.idx(), predictions));
        }
        return units.size();
    }

    private void give() {
        var limits = new DispatchCanaries.Limits(1000, 3, Duration.ofMinutes(10));
        jdbi.useTransaction(handle -> DispatchCanaries.some(handle, limits, Instant.now()));
    }

    private int dispatched() {
        return jdbi.inTransaction(handle -> Objects.requireNonNull(
                        DispatchUnits.some(handle, new DispatchUnits.Limits(1000, 0, 3, 0), Instant.now()))
                .units());
    }

    private static Outcome.CanaryAnswer answer(UUID evaluation, int unit, List<Prediction> predictions) {
        return new Outcome.CanaryAnswer(evaluation, unit, "s", 1, predictions);
    }

    private Prediction prediction(int example, boolean right) {
        byte[] tokens = right ? canary.solution(example) : new byte[Canvas.TOKENS];
        return new Prediction(example, tokens, 1, 4, new byte[0], List.of());
    }

    private EvaluationView view(UUID evaluation) {
        return jdbi.withHandle(handle -> ReadEvaluations.byId(handle, evaluation))
                .orElseThrow();
    }
}
