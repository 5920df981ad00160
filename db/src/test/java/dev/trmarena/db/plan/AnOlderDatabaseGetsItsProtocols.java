package dev.trmarena.db.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.Database;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.ReadSteps;
import dev.trmarena.db.record.FinishEvaluations;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Evaluations of before protocols were recorded were run as their authors do: the migration writes down what that was. */
class AnOlderDatabaseGetsItsProtocols {
    @Test
    void from_the_checkpoints_own_settings() {
        DataSource dataSource = empty();
        Flyway.configure().dataSource(dataSource).target("2").load().migrate();
        Jdbi jdbi = Database.jdbi(dataSource);
        UUID rounded = evaluation(jdbi, "{\"hyperParameters\": {\"forwardDtype\": \"bfloat16\"}}", 16);
        UUID unknown = evaluation(jdbi, "{}", 4);

        Flyway.configure().dataSource(dataSource).load().migrate();
        jdbi.useHandle(handle -> {
            var first = ReadEvaluations.byId(handle, rounded).orElseThrow();
            assertThat(requireNonNull(first.protocol()).key()).isEqualTo("16-steps.bfloat16");
            assertThat(requireNonNull(first.protocol()).whole()).isTrue();
            assertThat(first.meanSteps()).isNull();
            assertThat(first.state()).as("its units are of the old form").isEqualTo(EvaluationState.FAILED);
            assertThat(requireNonNull(first.failure()).kind()).isEqualTo(FailureKind.UPGRADED);
            var second = ReadEvaluations.byId(handle, unknown).orElseThrow();
            assertThat(requireNonNull(second.protocol()).key()).isEqualTo("4-steps.float32");
            assertThat(ReadSteps.scores(handle, rounded)).isEmpty();
            assertThat(handle.createQuery("select end_example from work_unit")
                            .mapTo(Integer.class)
                            .list())
                    .containsExactly(100, 100);
        });
    }

    /** Scores of an early end had no denominators: they are made anew from the answers, which stay. */
    @Test
    void an_early_end_is_scored_anew() {
        DataSource dataSource = empty();
        Flyway.configure().dataSource(dataSource).target("2").load().migrate();
        Jdbi jdbi = Database.jdbi(dataSource);
        UUID early = evaluation(jdbi, "{}", 4);
        UUID whole = evaluation(jdbi, "{}", 4);
        Flyway.configure().dataSource(dataSource).target("28").load().migrate();
        jdbi.useHandle(handle -> {
            handle.execute(
                    "update evaluation set state = 'cancelled', failure = null, failure_kind = null, partial = true, finished_at = now() where id = ?",
                    early);
            handle.execute(
                    "update evaluation set state = 'finished', failure = null, failure_kind = null, finished_at = now() where id = ?",
                    whole);
            handle.execute("update work_unit set solved_at = now() where idx = 0");
            for (UUID evaluation : List.of(early, whole)) {
                handle.execute(
                        "insert into score (evaluation_id, metric, value) values (?, 'exact_accuracy', 1)", evaluation);
            }
        });

        Flyway.configure().dataSource(dataSource).load().migrate();
        jdbi.useTransaction(handle -> {
            assertThat(FinishEvaluations.endedEarly(handle)).containsExactly(early);
            assertThat(handle.createQuery("select evaluation_id from score")
                            .mapTo(UUID.class)
                            .list())
                    .as(
                            "nothing of before stands beside what is made anew, and an evaluation that was run whole keeps its own")
                    .containsExactly(whole);
            assertThat(FinishEvaluations.lockEndedEarly(handle, early)).isTrue();
            assertThat(FinishEvaluations.endedEarly(handle)).as("once").isEmpty();
        });
    }

    private static DataSource empty() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(TestPostgres.emptyUrl());
        dataSource.setUser("postgres");
        return dataSource;
    }

    private static UUID evaluation(Jdbi jdbi, String manifest, int steps) {
        UUID evaluation = UUID.randomUUID();
        jdbi.useHandle(handle -> {
            handle.createUpdate("""
                            with s as (
                              insert into puzzle_set (id, name, kind, manifest_digest, seq_len, vocab_size,
                                                      identifier_count, example_count, task_count)
                              values (gen_random_uuid(), :name, 'sudoku', 'd', 81, 11, 1, 100, 100) returning id),
                            c as (
                              insert into checkpoint (id, manifest_digest, source_digest, tensor_digest, file_name,
                                                      architecture, core_parameters, embedding_parameters, manifest)
                              values (gen_random_uuid(), :name, 's', 't', 'step_1', 'trm', 1, 0, :manifest::jsonb)
                              returning id)
                            insert into evaluation (id, checkpoint_id, puzzle_set_id, model, steps, example_count, unit_count)
                            select :id, c.id, s.id, 'm', :steps, 100, 1 from c, s""")
                    .bind("name", evaluation.toString())
                    .bind("manifest", manifest)
                    .bind("id", evaluation)
                    .bind("steps", steps)
                    .execute();
            handle.createUpdate(
                            "insert into work_unit (evaluation_id, idx, first_example, example_count) values (:id, 0, 0, 100)")
                    .bind("id", evaluation)
                    .execute();
        });
        return evaluation;
    }
}
