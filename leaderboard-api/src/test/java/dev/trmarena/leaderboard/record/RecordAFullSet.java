package dev.trmarena.leaderboard.record;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.TakeUp;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.leaderboard.operate.CountMessages;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.Topics;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.traces.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;

/**
 * Not a test but a measurement: the published ARC-AGI-1 set recorded into a real Postgres unit by unit, in shuffled order and
 * one in twenty twice, and its votes counted, steps and all. {@code noise} makes every prediction another full grid of 900
 * cells, the worst case; {@code settled} lets most of the augmentations of a task agree. {@code sudoku} records as many puzzles
 * as Sudoku-Extreme has. After {@code mvn test-compile}, in {@code leaderboard-api}, the class path as {@code mvn dependency:build-classpath} gives it:
 *
 * <pre>java -Xmx1g -cp target/classes:target/test-classes:CLASSPATH \
 *     dev.trmarena.leaderboard.record.RecordAFullSet PATH/TO/arc noise|settled|sudoku</pre>
 */
final class RecordAFullSet {
    private static final Protocol PROTOCOL = Protocol.whole(16, Dtype.BFLOAT16);

    /** Puzzles of the test split of Sudoku-Extreme. */
    private static final int SUDOKU_EXTREME = 422_786;

    /** Messages of a poll, as the recorder has them. */
    private static final int POLLED = 50;

    private RecordAFullSet() {}

    /** @param arguments the folder of the raw ARC tasks, and which predictions */
    public static void main(String[] arguments) throws IOException {
        Jdbi jdbi = TestPostgres.migrated();
        var store = new ArtifactStore(Files.createTempDirectory("full-set"));
        long begun = System.nanoTime();
        boolean sudoku = arguments[1].equals("sudoku");
        StoredSet set = sudoku
                ? StoredSet.largeSudoku(jdbi, store, SUDOKU_EXTREME)
                : StoredSet.published(jdbi, store, Path.of(arguments[0]));
        tell("set of " + set.set().exampleCount() + " examples built and opened", begun);
        UUID evaluation = set.plan(jdbi, "full", PROTOCOL);
        boolean noise = arguments[1].equals("noise");

        var finisher = Finisher.started(jdbi, store);
        var outcomes = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        var recorder = new KafkaMessageHandler(
                outcomes, jdbi, new CountMessages(new SimpleMeterRegistry()), Traces.unexported());
        List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
        List<List<Integer>> units = set.units(PROTOCOL);
        List<Integer> order = new ArrayList<>();
        for (int unit = 0; unit < units.size(); unit++) {
            order.addAll(Collections.nCopies(unit % 20 == 0 ? 2 : 1, unit));
        }
        Collections.shuffle(order, new Random(42));
        long recording = 0;
        for (int unit : order) {
            List<Prediction> predictions = units.get(unit).stream()
                    .map(example -> prediction(set.set(), example, noise))
                    .toList();
            Outcome outcome = TakeUp.one(
                    jdbi,
                    new Outcome.Solved(evaluation, unit, UUID.randomUUID(), "measurement", "CPU", 1, predictions));
            polled.add(new ConsumerRecord<>(Topics.OUTCOMES, 0, unit, null, Json.write(outcome)));
            if (polled.size() == POLLED) {
                recording += recorded(recorder, polled);
            }
        }
        recording += recorded(recorder, polled);
        System.out.printf(
                Locale.ROOT, "recorded at %.0f predictions/s%n", set.set().exampleCount() / (recording / 1e9));
        begun = System.nanoTime();
        finisher.look();
        tell("finished", begun);
        tell(jdbi, """
                select e.state || ' ' || string_agg(s.metric || ' ' || s.value, ', ')
                from evaluation e join score s on s.evaluation_id = e.id
                where s.metric in ('pass@2', 'exact_accuracy') group by e.state""");
        tell(jdbi, "select 'database: ' || pg_size_pretty(pg_database_size(current_database()))");
    }

    /** What came with one poll. @return nanoseconds */
    private static long recorded(KafkaMessageHandler recorder, List<ConsumerRecord<byte[], byte[]>> polled) {
        long started = System.nanoTime();
        recorder.recordAll(polled);
        polled.clear();
        return System.nanoTime() - started;
    }

    private static void tell(Jdbi jdbi, String query) {
        String line = jdbi.withHandle(
                handle -> handle.createQuery(query).mapTo(String.class).one());
        System.out.println(line);
    }

    private static Prediction prediction(PuzzleSet set, int example, boolean noise) {
        var random = new SplittableRandom(example);
        byte[] tokens = random.nextInt(100) < (noise ? 1 : 60)
                ? right(set, example)
                : noise(random, set.manifest().seqLen());
        var answers = new long[PROTOCOL.steps()];
        var qHalts = new float[PROTOCOL.steps()];
        for (int step = 0; step < answers.length; step++) {
            // Every step another answer, until the last four.
            answers[step] = step < 12 ? random.nextLong() : StepHistory.answer(set, example, tokens);
            qHalts[step] = (float) random.nextDouble(-5, 5);
        }
        return new Prediction(
                example,
                tokens,
                qHalts[answers.length - 1],
                answers.length,
                new StepHistory(answers, qHalts).toBytes(),
                List.of());
    }

    private static byte[] right(PuzzleSet set, int example) {
        int[] label = set.label(example);
        byte[] tokens = new byte[label.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) label[i];
        }
        return tokens;
    }

    private static byte[] noise(SplittableRandom random, int cells) {
        byte[] tokens = new byte[cells];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) (2 + random.nextInt(9));
        }
        return tokens;
    }

    private static void tell(String what, long begun) {
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s, heap in use %d MB of %d MB%n",
                what,
                (System.nanoTime() - begun) / 1e9,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                runtime.maxMemory() >> 20);
    }
}
