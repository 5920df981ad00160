package dev.trmarena.benchmark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * Units of equal cost: the 9×9 Sudoku checkpoint of the demo, slowed down by many steps, on sets of its puzzles repeated as often
 * as wanted; and the platforms that solve them, with solvers of one core each.
 */
final class SlowUnits {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** So many for each solver, before anything is timed. */
    private static final int WARM_UP_UNITS = 8;

    @Option(names = "--project", defaultValue = ".", description = "Its folder, built (default: ${DEFAULT-VALUE}).")
    Path project = Path.of("");

    @Option(names = "--unit-examples", description = "Of each unit (default: ${DEFAULT-VALUE}).")
    int unitExamples;

    @Option(names = "--steps", defaultValue = "48", description = "Of each example (default: ${DEFAULT-VALUE}).")
    int steps;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    SlowUnits(int unitExamples) {
        this.unitExamples = unitExamples;
    }

    /** A platform that somebody else's solvers join. */
    RunningPlatform platformWithoutSolvers() throws IOException {
        return started(0);
    }

    private RunningPlatform started(int solvers) throws IOException {
        return new RunningPlatform(
                root(),
                Map.of("ARENA_PLAN_UNIT_EXAMPLES", String.valueOf(unitExamples)),
                "--solvers",
                String.valueOf(solvers),
                "--threads",
                "1");
    }

    /** A platform whose solvers have solved some units already. */
    RunningPlatform platform(int solvers) throws IOException, InterruptedException {
        var platform = started(solvers);
        imported(platform, "warm-up", WARM_UP_UNITS * solvers);
        submitted(platform, "warm-up", "--wait");
        return platform;
    }

    /** Imports a set of that many units under this name. */
    void imported(RunningPlatform platform, String set, int units) throws IOException, InterruptedException {
        List<String> lines = Files.readAllLines(demo().resolve("test.csv"));
        List<String> puzzles = lines.subList(1, lines.size());
        var repeated = new ArrayList<>(List.of(lines.get(0)));
        for (int i = 0; i < units * unitExamples; i++) {
            repeated.add(puzzles.get(i % puzzles.size()));
        }
        Path csv = Files.createTempFile(set, ".csv");
        try {
            Files.write(csv, repeated);
            platform.run("puzzles", "import", set, csv.toString());
        } finally {
            Files.delete(csv);
        }
    }

    /** Starts an evaluation on the set. @return it, with {@code --wait} as it ended */
    JsonNode submitted(RunningPlatform platform, String set, String... options)
            throws IOException, InterruptedException {
        var command = Stream.concat(
                Stream.of(
                        "submit",
                        demo().resolve("step_1656").toString(),
                        "--puzzles",
                        set,
                        "--steps",
                        String.valueOf(steps),
                        "--json"),
                Arrays.stream(options));
        return JSON.readTree(platform.run(command.toArray(String[]::new)));
    }

    /** Seconds between two moments of an evaluation, like {@code startedAt}. */
    static double seconds(JsonNode evaluation, String from, String to) {
        Instant begun = Instant.parse(evaluation.path(from).asText());
        return Duration.between(begun, Instant.parse(evaluation.path(to).asText()))
                        .toMillis()
                / 1000.0;
    }

    private Path root() {
        return project.toAbsolutePath().normalize();
    }

    private Path demo() {
        return root().resolve("demo/sudoku-9x9");
    }
}
