package dev.trmarena.benchmark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many examples a platform solves in a second with so many solvers of one core each: units of equal cost, all by the same
 * network. Every number of solvers gets a platform of its own; what is timed is the second evaluation, from its first unit to its
 * end, recorded and scored.
 */
@Command(
        name = "throughput",
        description = "Times an evaluation on platforms with several numbers of solvers.",
        sortOptions = false)
public final class Throughput implements Callable<Integer> {
    @Option(names = "--project", defaultValue = ".", description = "Its folder, built (default: ${DEFAULT-VALUE}).")
    Path project = Path.of("");

    @Option(names = "--solvers", split = ",", defaultValue = "1,2,4", description = "(default: ${DEFAULT-VALUE})")
    List<Integer> solvers = List.of();

    @Option(names = "--examples", defaultValue = "400", description = "Of the evaluation (default: ${DEFAULT-VALUE}).")
    int examples;

    @Option(names = "--unit-examples", defaultValue = "4", description = "Of each unit (default: ${DEFAULT-VALUE}).")
    int unitExamples;

    @Option(names = "--steps", defaultValue = "48", description = "Of each example (default: ${DEFAULT-VALUE}).")
    int steps;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    private Throughput() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Throughput()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = project.toAbsolutePath().normalize();
        double alone = 0;
        for (int count : solvers) {
            double rate = rate(root, count);
            alone = alone == 0 ? rate : alone;
            System.out.printf(
                    Locale.ROOT,
                    "%d solvers of one core: %.2f examples/s, %.2f units/s, %.2f times the first%n",
                    count,
                    rate,
                    rate / unitExamples,
                    rate / alone);
        }
        return 0;
    }

    /** @return examples a second */
    private double rate(Path root, int count) throws IOException, InterruptedException {
        var demo = new Demo(root);
        try (var platform =
                new RunningPlatform(root, unitExamples, "--solvers", String.valueOf(count), "--threads", "1")) {
            demo.imported(platform, "warm-up", 8 * count * unitExamples);
            Demo.finished(platform, demo.submitted(platform, "warm-up", steps));
            demo.imported(platform, "measured", examples);
            JsonNode ended = Demo.finished(platform, demo.submitted(platform, "measured", steps));
            Duration took = Duration.between(
                    Instant.parse(ended.path("startedAt").asText()),
                    Instant.parse(ended.path("finishedAt").asText()));
            return examples * 1000.0 / took.toMillis();
        }
    }
}
