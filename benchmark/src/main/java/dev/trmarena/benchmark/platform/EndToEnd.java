package dev.trmarena.benchmark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.benchmark.RandomCheckpoint;
import dev.trmarena.messages.EvaluationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Everything but the model: units go from the dispatcher through Kafka to solvers that answer at once, and from there through
 * Kafka into Postgres, on a platform of its own. The solvers are the real loop with {@link NoModel} in place of networks.
 */
@Command(
        name = "end-to-end",
        description = "Predictions recorded a second when solving takes no time.",
        sortOptions = false)
public final class EndToEnd implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--project", defaultValue = ".", description = "Its folder, built (default: ${DEFAULT-VALUE}).")
    Path project = Path.of("");

    @Option(names = "--arc", required = true, description = "Folder of the raw ARC tasks.")
    Path arc = Path.of("");

    @Option(names = "--augmentations", defaultValue = "500", description = "Of each task (default: ${DEFAULT-VALUE}).")
    int augmentations;

    @Option(names = "--solvers", defaultValue = "4", description = "In this process (default: ${DEFAULT-VALUE}).")
    int solvers;

    @Option(names = "--unit-examples", defaultValue = "64", description = "Of a unit (default: ${DEFAULT-VALUE}).")
    int unitExamples;

    @Option(
            names = "--in-flight",
            defaultValue = "16",
            description = "Units for each solver; a unit counts until it is recorded (default: ${DEFAULT-VALUE}).")
    int inFlight;

    @Option(
            names = "--right",
            defaultValue = "60",
            description = "Of 100 answers, the rest noise (default: ${DEFAULT-VALUE}).")
    int right;

    private EndToEnd() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new EndToEnd()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = project.toAbsolutePath().normalize();
        Path checkpoint = Files.createTempDirectory("no-model").resolve("step_1.safetensors");
        var settings = Map.of(
                "ARENA_PLAN_UNIT_EXAMPLES",
                String.valueOf(unitExamples),
                "ARENA_PLAN_UNIT_TOKENS",
                String.valueOf(Integer.MAX_VALUE),
                "ARENA_PLAN_UNIT_OPERATIONS",
                "1E30",
                "ARENA_DISPATCH_UNITS_PER_SOLVER",
                String.valueOf(inFlight));
        try (var platform = new RunningPlatform(root, settings, "--solvers", "0")) {
            platform.buildArc("measured", arc, "evaluation", augmentations);
            JsonNode set = platform.get("/api/puzzle-sets/measured");
            RandomCheckpoint.writeTrmForArc(
                    checkpoint, set.path("identifierCount").asLong());
            JsonNode evaluation = JSON.readTree(platform.run(
                    "submit", checkpoint.toString(), "--puzzles", "measured", "--preset", "trm-arc", "--json"));
            measure(platform, evaluation.path("id").asText());
        } finally {
            Files.deleteIfExists(checkpoint);
        }
        return 0;
    }

    private void measure(RunningPlatform platform, String id) throws IOException, InterruptedException {
        try (var ignored = new InstantSolvers(platform, solvers, right)) {
            JsonNode now = platform.get("/api/evaluations/" + id);
            long examples = now.path("exampleCount").asLong();
            // Until solvers, recorder and database are warm.
            long from = examples / 5;
            awaitDone(platform, id, from);
            long first =
                    platform.get("/api/evaluations/" + id).path("examplesDone").asLong();
            System.out.printf(Locale.ROOT, "%d examples recorded, all is warm%n", first);
            long begun = System.nanoTime();
            long ended = awaitDone(platform, id, examples);
            double seconds = (ended - begun) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%d examples in units of %d, %d solvers: the last %d recorded in %.1f s, %.0f predictions/s%n",
                    examples,
                    unitExamples,
                    solvers,
                    examples - first,
                    seconds,
                    (examples - first) / seconds);
            while (state(platform.get("/api/evaluations/" + id)) != EvaluationState.FINISHED) {
                Thread.sleep(100);
            }
            System.out.printf(Locale.ROOT, "scored %.1f s after the last%n", (System.nanoTime() - ended) / 1e9);
        }
    }

    /** @return the moment at which it was seen */
    private static long awaitDone(RunningPlatform platform, String id, long examples)
            throws IOException, InterruptedException {
        while (true) {
            JsonNode now = platform.get("/api/evaluations/" + id);
            if (now.path("examplesDone").asLong() >= examples) {
                return System.nanoTime();
            }
            if (state(now) == EvaluationState.FAILED) {
                throw new IOException("the evaluation failed: " + now.path("failure"));
            }
            Thread.sleep(100);
        }
    }

    private static EvaluationState state(JsonNode evaluation) {
        return EvaluationState.of(evaluation.path("state").asText());
    }
}
