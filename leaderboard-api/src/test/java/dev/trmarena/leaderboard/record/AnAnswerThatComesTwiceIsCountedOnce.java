package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.TakeUp;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.leaderboard.operate.CountMessages;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Meter;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Topics;
import dev.trmarena.traces.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows have keys, so that nothing lies there twice; what counts is whether it was counted: the examples of the meter, and of each
 * unit the solver, the time that it computed, and when. The first answer is the one that counts, whoever gives the second.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnAnswerThatComesTwiceIsCountedOnce {
    private static final int RECORDERS = 4;
    private static final long SLOWER = 100_000;

    private final Jdbi jdbi = TestPostgres.migrated();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    Path folder;

    private StoredSet set;
    private KafkaMessageHandler recorder;

    @BeforeEach
    void store() throws Exception {
        var store = new ArtifactStore(folder);
        set = StoredSet.built(jdbi, store, "twice", 0, 6, 40, true);
        var finisher = Finisher.started(jdbi, store);
        var outcomes = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        recorder = new KafkaMessageHandler(outcomes, jdbi, new CountMessages(meters), Traces.unexported());
    }

    @Test
    void in_one_poll_and_in_the_next() {
        UUID evaluation = set.plan(jdbi, "together");
        List<Outcome.Solved> units = set.answers(evaluation, 7);
        List<Outcome.Solved> again = units.stream().map(this::byAnother).toList();
        recorder.recordAll(
                messages(Stream.concat(units.stream(), again.stream()).toList()));
        List<String> counted = counted(evaluation);
        assertThat(counted).hasSize(units.size()).noneMatch(unit -> unit.contains("another"));
        assertThat(examples()).isEqualTo(set.set().exampleCount());

        recorder.recordAll(messages(again));
        messages(again).forEach(recorder::record);
        assertThat(counted(evaluation)).isEqualTo(counted);
        assertThat(examples()).isEqualTo(set.set().exampleCount());
    }

    @Test
    void at_several_recorders_at_once() {
        UUID evaluation = set.plan(jdbi, "at once");
        List<Outcome.Solved> units = set.answers(evaluation, 7);
        List<CompletableFuture<Void>> all = IntStream.range(0, RECORDERS)
                .mapToObj(number -> CompletableFuture.runAsync(() -> {
                    List<Outcome.Solved> mine = new ArrayList<>(units);
                    units.stream().map(this::byAnother).forEach(mine::add);
                    Collections.shuffle(mine, new Random(number));
                    messages(mine).forEach(recorder::record);
                }))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(examples()).isEqualTo(set.set().exampleCount());
        assertThat(counted(evaluation)).hasSize(units.size());
    }

    private Outcome.Solved byAnother(Outcome.Solved unit) {
        return TakeUp.one(
                jdbi,
                new Outcome.Solved(
                        unit.evaluation(),
                        unit.unit(),
                        UUID.randomUUID(),
                        "another",
                        unit.device(),
                        unit.computeMillis() + SLOWER,
                        unit.predictions()));
    }

    private static List<ConsumerRecord<byte[], byte[]>> messages(List<Outcome.Solved> outcomes) {
        return outcomes.stream()
                .map(outcome ->
                        new ConsumerRecord<byte[], byte[]>(Topics.OUTCOMES, 0, 0, null, Json.write((Outcome) outcome)))
                .toList();
    }

    private double examples() {
        return meters.get(Meter.EXAMPLES.id()).counter().count();
    }

    private List<String> counted(UUID evaluation) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select idx || ' by ' || solver || ' in ' || compute_ms || ' at ' || solved_at from work_unit
                        where evaluation_id = :id and solved_at is not null order by idx""")
                .bind("id", evaluation)
                .mapTo(String.class)
                .list());
    }
}
