package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.FailureView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a disk or the database does not give is asked for again; what can never be scored is said at once; and the evaluations
 * behind it are scored either way.
 */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TroubleWithOneEvaluationStopsNoOther {
    private static final Duration LONG = Duration.ofMinutes(15);

    /** Reading it is an error of input and output, for root, too. */
    private static final Path UNREADABLE = Path.of("/proc/self/mem");

    private final Jdbi jdbi = TestPostgres.migrated();

    @TempDir
    Path folder;

    private ArtifactStore store;
    private StoredSet badSet;
    private UUID bad;
    private UUID good;

    /** Both have all their answers; the one that will have trouble comes first. */
    @BeforeEach
    void plan() throws IOException {
        store = new ArtifactStore(folder);
        badSet = StoredSet.built(jdbi, store, "bad", 0, 2, 4, true);
        StoredSet goodSet = StoredSet.built(jdbi, store, "good", 2, 4, 4, true);
        bad = badSet.plan(jdbi, "first");
        good = goodSet.plan(jdbi, "second");
        var finisher = Finisher.started(jdbi, store);
        var recorder = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        recorder.recordTogether(List.of(), badSet.answers(bad, 1));
        recorder.recordTogether(List.of(), goodSet.answers(good, 1));
    }

    @Test
    void a_disk_that_fails_is_asked_again_and_the_score_comes() throws IOException {
        Finisher finisher = finisher(LONG);
        try (var unreadable = unreadable(badSet.digest())) {
            finisher.look();
            assertThat(state(good)).isEqualTo("finished");
            assertThat(state(bad)).isEqualTo("running");
            assertThat(unreadable.file()).isSymbolicLink();
        }
        looksUntilOver(finisher, bad);
        assertThat(state(bad)).isEqualTo("finished");
    }

    @Test
    void a_store_that_is_not_there_is_asked_again() throws IOException {
        Finisher finisher = finisher(LONG);
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder.resolve("sha256"), away);
        try {
            finisher.look();
            assertThat(state(good)).isEqualTo("running");
            assertThat(state(bad)).isEqualTo("running");
        } finally {
            Files.move(away, folder.resolve("sha256"));
        }
        looksUntilOver(finisher, bad);
        looksUntilOver(finisher, good);
        assertThat(List.of(state(bad), state(good))).containsOnly("finished");
    }

    @Test
    void what_is_never_given_ends_with_its_reason() throws IOException {
        Finisher finisher = finisher(Duration.ofSeconds(1));
        try (var unreadable = unreadable(badSet.digest())) {
            looksUntilOver(finisher, bad);
            FailureView failure = failure(bad);
            assertThat(failure.kind()).isEqualTo(FailureKind.STORE);
            assertThat(failure.reason())
                    .contains("times")
                    .contains(unreadable.file().toString())
                    .contains("Input/output error");
        }
        assertThat(state(good)).isEqualTo("finished");
    }

    @Test
    void a_file_that_is_damaged_ends_its_evaluation_at_once() throws IOException {
        Finisher finisher = finisher(LONG);
        Files.writeString(store.path(badSet.digest()), "damaged");
        finisher.look();
        assertThat(failure(bad).kind()).isEqualTo(FailureKind.STORE);
        assertThat(state(good)).isEqualTo("finished");
    }

    @Test
    void a_score_that_the_database_can_never_take_ends_its_evaluation_at_once() {
        jdbi.useHandle(handle ->
                handle.execute("alter table score add constraint not_this_one check (evaluation_id <> '" + bad + "')"));
        finisher(LONG).look();
        FailureView failure = failure(bad);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNSCORABLE);
        assertThat(failure.reason()).contains("not_this_one").doesNotContain("insert into");
        assertThat(state(good)).isEqualTo("finished");
    }

    @Test
    void what_the_database_refuses_for_a_while_is_asked_again() {
        refuseScores();
        Finisher finisher = finisher(LONG);
        finisher.look();
        assertThat(state(bad)).isEqualTo("running");
        assertThat(state(good)).isEqualTo("finished");
        jdbi.useHandle(handle -> handle.execute("drop trigger refuse on score"));
        looksUntilOver(finisher, bad);
        assertThat(state(bad)).isEqualTo("finished");
    }

    @Test
    void what_the_database_refuses_for_ever_ends_with_its_reason() {
        refuseScores();
        looksUntilOver(finisher(Duration.ofSeconds(1)), bad);
        FailureView failure = failure(bad);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNSCORABLE);
        assertThat(failure.reason()).contains("no more locks for this one");
        assertThat(state(good)).isEqualTo("finished");
    }

    @Test
    void an_answer_whose_set_cannot_be_read_is_recorded_later() throws IOException {
        UUID later = badSet.plan(jdbi, "third");
        var finisher = finisher(LONG);
        var recorder = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        Outcome.Solved answer = badSet.answers(later, 1).get(0);
        try (var unreadable = unreadable(badSet.digest())) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> recorder.record(answer)))
                    .hasStackTraceContaining("Input/output error");
            assertThat(unreadable.file()).isSymbolicLink();
        }
        assertThat(state(later)).isEqualTo("queued");
        assertThat(recorder.record(answer)).isEqualTo(answer.predictions().size());
    }

    @Test
    void what_a_process_ended_at_is_tried_once_more_and_then_only_when_somebody_asks() {
        anotherProcessEndedAt(bad);
        Finisher finisher = finisher(LONG);
        finisher.look();
        assertThat(state(bad)).as("one death may be chance").isEqualTo("finished");

        UUID other = badSet.plan(jdbi, "third");
        var recorder = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        anotherProcessEndedAt(other);
        anotherProcessEndedAt(other);
        recorder.recordTogether(List.of(), badSet.answers(other, 1));
        finisher.look();
        FailureView failure = failure(other);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNSCORABLE);
        assertThat(failure.reason()).contains("ended 2 times while it scored this evaluation");
        finisher.look();
        assertThat(view(other).scores()).as("nor is a part of it scored").isEmpty();

        jdbi.useTransaction(handle -> ControlEvaluation.control(handle, other, ControlEvaluation.Command.RETRY));
        looksUntilOver(finisher, other);
        assertThat(state(other)).isEqualTo("finished");
    }

    /** As it stands there when a process was killed, or ran out of memory. */
    private void anotherProcessEndedAt(UUID evaluation) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "insert into risky_work (kind, subject, process) values ('score', :id, gen_random_uuid())")
                .bind("id", evaluation.toString())
                .execute());
    }

    /** Of a process that has read nothing yet. */
    private Finisher finisher(Duration patience) {
        return Finisher.started(jdbi, new ArtifactStore(folder), patience);
    }

    /** As an extension or an administrator may: SQLSTATE 55P03, which says nothing about the values. */
    private void refuseScores() {
        jdbi.useHandle(handle -> {
            handle.execute("""
                    create function refuse() returns trigger language plpgsql as $$
                    begin
                      raise exception 'no more locks for this one' using errcode = '55P03';
                    end $$""");
            handle.execute("create trigger refuse before insert on score for each row when (new.evaluation_id = '" + bad
                    + "') execute function refuse()");
        });
    }

    private void looksUntilOver(Finisher finisher, UUID evaluation) {
        await("it is over")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    finisher.look();
                    return !state(evaluation).equals("running");
                });
    }

    private EvaluationView view(UUID evaluation) {
        return jdbi.withHandle(handle -> ReadEvaluations.byId(handle, evaluation))
                .orElseThrow();
    }

    private String state(UUID evaluation) {
        return view(evaluation).state().key();
    }

    private FailureView failure(UUID evaluation) {
        return Objects.requireNonNull(view(evaluation).failure());
    }

    private Unreadable unreadable(String digest) throws IOException {
        Path file = store.path(digest);
        Path aside = file.resolveSibling(digest + "-aside");
        Files.move(file, aside);
        Files.createSymbolicLink(file, UNREADABLE);
        return new Unreadable(file, aside);
    }

    /** An artifact in whose place there is something that cannot be read, until it is closed. */
    private record Unreadable(Path file, Path aside) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.delete(file);
            Files.move(aside, file);
        }
    }
}
