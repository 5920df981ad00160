package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.leaderboard.operate.CountMessages;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Topics;
import dev.trmarena.traces.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of predictions with many ties, in a real Postgres: units that come shuffled, repeated and around a restart leave
 * the same rows as units that come in order, to the last digit.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheOrderOfOutcomesChangesNothing {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    /** Messages that come together at most. */
    private static final int MOST_POLLED = 30;

    private final Jdbi jdbi = TestPostgres.migrated();

    @TempDir
    Path folder;

    @Test
    void nor_do_repetitions_and_restarts() throws Exception {
        var store = new ArtifactStore(folder);
        var set = StoredSet.built(jdbi, store, "many", 0, 12, 200, true);
        assertThat(set.set().exampleCount()).as("enough to be interesting").isGreaterThan(2500);
        UUID orderly = set.plan(jdbi, "orderly");
        var finisher = Finisher.started(jdbi, store);
        var recorder = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        set.answers(orderly, 7).forEach(recorder::record);
        finisher.look();
        Rows expected = rows(orderly);
        assertThat(expected.scores())
                .as("nine of tasks, three of single examples")
                .hasSize(12);
        assertThat(expected.candidates()).as("candidates that tie").hasSizeGreaterThan(100);

        for (long seed : SEEDS) {
            UUID shuffled = set.plan(jdbi, "shuffled " + seed);
            shuffled(set.answers(shuffled, 7), new Random(seed), shuffled, store);
            assertThat(rows(shuffled)).as("seed %s", seed).isEqualTo(expected);
        }
    }

    /** Some units twice, some three times; a process that dies with a unit half written; three processes one after another. */
    private void shuffled(List<Outcome.Solved> units, Random random, UUID evaluation, ArtifactStore store) {
        List<Outcome> arriving = new ArrayList<>();
        for (Outcome.Solved unit : units) {
            arriving.add(new Outcome.Started(
                    evaluation, unit.unit(), unit.delivery(), "test", UUID.randomUUID(), 1, 1, "CPU"));
            arriving.addAll(Collections.nCopies(1 + random.nextInt(3), unit));
        }
        Collections.shuffle(arriving, random);
        int part = arriving.size() / 3;
        for (int process = 0; process < 3; process++) {
            var finisher = Finisher.started(jdbi, store);
            var recorder = recorder(finisher);
            dyingHalfWay(units.get(random.nextInt(units.size())), finisher);
            List<Outcome> mine =
                    arriving.subList(process * part, process == 2 ? arriving.size() : (process + 1) * part);
            for (int from = 0, to; from < mine.size(); from = to) {
                to = Math.min(mine.size(), from + 1 + random.nextInt(MOST_POLLED));
                recorder.recordAll(mine.subList(from, to).stream()
                        .map(TheOrderOfOutcomesChangesNothing::message)
                        .toList());
                // Looking before all is there must do nothing.
                if (random.nextInt(3) == 0) {
                    finisher.look();
                }
            }
            finisher.look();
        }
    }

    private KafkaMessageHandler recorder(Finisher finisher) {
        var outcomes = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        return new KafkaMessageHandler(
                outcomes, jdbi, new CountMessages(new SimpleMeterRegistry()), Traces.unexported());
    }

    private static ConsumerRecord<byte[], byte[]> message(Outcome outcome) {
        return new ConsumerRecord<>(Topics.OUTCOMES, 0, outcome.unit(), null, Json.write(outcome));
    }

    private void dyingHalfWay(Outcome.Solved unit, Finisher finisher) {
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    var target = WorkUnits.lock(handle, unit.evaluation()).orElseThrow();
                    var set = finisher.puzzleSets().byManifest(target.puzzleSetManifest());
                    var decoder = new PredictionDecoder(set, target.protocol(), target.rowsLeave());
                    WorkUnits.solved(handle, unit.evaluation(), List.of(unit), () -> decoder::decode);
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
    }

    /** All that an evaluation ends with, as the database gives it. */
    private record Rows(
            List<Map<String, Object>> scores,
            List<Map<String, Object>> outputs,
            List<String> candidates,
            String state) {}

    private Rows rows(UUID evaluation) {
        return jdbi.withHandle(handle -> new Rows(
                handle.createQuery(
                                "select metric, value, low, high from score where evaluation_id = :id order by metric")
                        .bind("id", evaluation)
                        .mapToMap()
                        .list(),
                handle.createQuery("""
                                select task, output, candidates, solution_rank, wrong_cells from test_output
                                where evaluation_id = :id order by task, output""").bind("id", evaluation).mapToMap().list(),
                handle.createQuery("""
                                select concat_ws(' ', task, output, rank, encode(grid_digest, 'hex'), votes, mean_halt)
                                from candidate where evaluation_id = :id order by task, output, rank""")
                        .bind("id", evaluation)
                        .mapTo(String.class)
                        .list(),
                handle.createQuery("select state from evaluation where id = :id")
                        .bind("id", evaluation)
                        .mapTo(String.class)
                        .one()));
    }
}
