package dev.trmarena.db.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.OutboxMessage;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.db.dispatch.DispatchUnits;
import dev.trmarena.db.plan.PlanEvaluation.PlannedEvaluation;
import dev.trmarena.db.record.FinishEvaluations;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Checkpoint, evaluation, units and messages: all of them, or none; and one evaluation, however often it is asked for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationIsPlannedWholeOrNotAtAll {
    private static final Protocol PROTOCOL = Protocol.whole(16, Dtype.BFLOAT16);
    private static final String SET_MANIFEST = "5e".repeat(32);

    private final Jdbi jdbi = TestPostgres.migrated();
    private final UUID set = UUID.randomUUID();

    @BeforeEach
    void a_puzzle_set() {
        var row = new PuzzleSetRow(set, "tiny", "sudoku", SET_MANIFEST, 16, 6, 1, 300, 300);
        assertThat(jdbi.<Boolean, RuntimeException>inTransaction(h -> PuzzleSets.insert(h, row, List.of(SET_MANIFEST))))
                .isTrue();
    }

    @Test
    void everything_is_there_and_reads_as_the_api_shows_it() {
        PlannedEvaluation planned = plan();
        assertThat(planned.created()).isTrue();
        assertThat(count("work_unit")).as("made when they are given out").isZero();
        assertThat(count("outbox")).as("its units wait for their turn").isZero();
        jdbi.useHandle(handle -> {
            var view = ReadEvaluations.byId(handle, planned.evaluation()).orElseThrow();
            assertThat(view.state()).isEqualTo(EvaluationState.QUEUED);
            assertThat(view.puzzleSet()).isEqualTo("tiny");
            assertThat(view.unitCount()).isEqualTo(3);
            assertThat(view.unitsDone()).isZero();
            assertThat(view.scores()).isEmpty();
            assertThat(ReadEvaluations.newest(handle, null, 5)).containsExactly(view);
            assertThat(ReadPuzzleSets.byName(handle, "tiny").orElseThrow().evaluations())
                    .isEqualTo(1);
        });
    }

    @Test
    void a_rolled_back_plan_leaves_nothing() {
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    PlanEvaluation.plan(handle, checkpoint(), evaluation());
                    throw new IllegalStateException("the process stops here");
                }))
                .hasMessage("the process stops here");
        for (String table : List.of("checkpoint", "evaluation", "work_unit", "outbox")) {
            assertThat(count(table)).as(table).isZero();
        }
        assertThat(count("artifact_use")).isEqualTo(1);
    }

    @Test
    void equal_requests_at_the_same_time_plan_one_evaluation() {
        var requests = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::plan))
                .toList();
        var answers = requests.stream().map(CompletableFuture::join).toList();
        assertThat(answers).filteredOn(PlannedEvaluation::created).hasSize(1);
        assertThat(answers)
                .extracting(PlannedEvaluation::evaluation)
                .containsOnly(answers.get(0).evaluation());
        assertThat(count("evaluation")).isOne();
    }

    @Test
    void a_failed_evaluation_is_planned_anew() {
        UUID first = plan().evaluation();
        jdbi.useHandle(handle -> handle.execute(
                "update evaluation set state = 'failed', failure = 'no luck', failure_kind = 'store', finished_at = now() where id = ?",
                first));
        PlannedEvaluation second = plan();
        assertThat(second.created()).isTrue();
        assertThat(second.evaluation()).isNotEqualTo(first);
    }

    @Test
    void what_it_continues_is_kept_for_its_units_and_its_score() {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        UUID followed = jdbi.inTransaction(
                        handle -> PlanEvaluation.plan(handle, checkpoint(), evaluation(), parent, open -> {}))
                .evaluation();
        var limits = new DispatchUnits.Limits(100, 0, 3, 0);
        jdbi.useTransaction(handle -> DispatchUnits.some(handle, limits, Instant.EPOCH));
        List<Outbox.WaitingMessage> waiting = jdbi.inTransaction(handle -> Outbox.hold(handle, 100));
        assertThat(waiting)
                .isNotEmpty()
                .allMatch(each -> parent.equals(each.message().traceparent()));
        Optional<String> kept = jdbi.withHandle(handle -> FinishEvaluations.traceparent(handle, followed));
        assertThat(kept).contains(parent);
    }

    @Test
    void two_relays_never_hold_the_same_message() {
        var message = new OutboxMessage("t", "k", new byte[] {1, 2});
        jdbi.useTransaction(handle -> Outbox.add(handle, List.of(message, message, message)));
        jdbi.useTransaction(one -> {
            var held = Outbox.hold(one, 2);
            assertThat(held).hasSize(2);
            // On another thread: Jdbi gives nested calls of one thread the same connection.
            CompletableFuture.runAsync(() -> jdbi.useTransaction(two -> {
                        var rest = Outbox.hold(two, 2);
                        assertThat(rest).hasSize(1).doesNotContainAnyElementsOf(held);
                        Outbox.delete(two, rest);
                    }))
                    .join();
        });
        assertThat(count("outbox")).isEqualTo(2);
    }

    @Test
    void an_artifact_is_used_as_long_as_anyone_names_it() {
        var upload = new Upload(UUID.randomUUID(), "step_1", "ab".repeat(32), 5);
        var incoming = new IncomingUpload(upload.id(), "step_1", 5, null, "192.0.2.1", Instant.EPOCH);
        jdbi.useTransaction(handle -> {
            ArtifactUses.lock(handle, List.of(upload.digest(), SET_MANIFEST));
            Uploads.begin(handle, incoming);
            assertThat(Uploads.find(handle, upload.id())).contains(incoming);
            assertThat(ArtifactUses.isUsed(handle, upload.digest())).isFalse();
            assertThat(Uploads.complete(handle, upload.id(), upload.digest())).isTrue();
            assertThat(Uploads.find(handle, upload.id()).orElseThrow().whole()).contains(upload);
            assertThat(ArtifactUses.isUsed(handle, upload.digest())).isTrue();
            Uploads.delete(handle, upload.id());
            assertThat(ArtifactUses.isUsed(handle, upload.digest())).isFalse();
            assertThat(ArtifactUses.isUsed(handle, SET_MANIFEST)).isTrue();
        });
    }

    @Test
    void units_that_overlap_or_hold_too_few_examples_are_refused() {
        var units = List.of(new NewEvaluation.Unit(0, 0, 100, 100), new NewEvaluation.Unit(1, 99, 299, 200));
        assertThatThrownBy(() ->
                        new NewEvaluation(UUID.randomUUID(), set, "m", PROTOCOL, Priority.NORMAL, false, 300, units))
                .hasMessageContaining("must start at example 100");
        var few = List.of(new NewEvaluation.Unit(0, 0, 100, 40));
        assertThatThrownBy(() ->
                        new NewEvaluation(UUID.randomUUID(), set, "m", PROTOCOL, Priority.NORMAL, false, 100, few))
                .hasMessageContaining("hold 40 examples, not 100");
        var uneven = List.of(
                new NewEvaluation.Unit(0, 0, 10, 10),
                new NewEvaluation.Unit(1, 10, 30, 20),
                new NewEvaluation.Unit(2, 30, 31, 1));
        assertThatThrownBy(() ->
                        new NewEvaluation(UUID.randomUUID(), set, "m", PROTOCOL, Priority.NORMAL, false, 31, uneven))
                .hasMessageContaining("must have 10 examples");
    }

    private PlannedEvaluation plan() {
        return jdbi.inTransaction(handle -> PlanEvaluation.plan(handle, checkpoint(), evaluation()));
    }

    private static NewCheckpoint checkpoint() {
        return new NewCheckpoint(
                "c0".repeat(32),
                "c1".repeat(32),
                "c2".repeat(32),
                "c3".repeat(32),
                "step_1",
                "trm",
                10,
                20,
                "{\"a\":1}");
    }

    private NewEvaluation evaluation() {
        var units = IntStream.range(0, 3)
                .mapToObj(i -> new NewEvaluation.Unit(i, i * 100, i * 100 + 100, 100))
                .toList();
        return new NewEvaluation(UUID.randomUUID(), set, "my-trm", PROTOCOL, Priority.NORMAL, false, 300, units);
    }

    private long count(String table) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class)
                .one());
    }
}
