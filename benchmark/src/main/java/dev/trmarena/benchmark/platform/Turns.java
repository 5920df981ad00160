package dev.trmarena.benchmark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long a small evaluation takes alone, and how long behind a huge one that was submitted before it: from its submission to its
 * first unit in a solver's hand, and to its score.
 */
@Command(name = "turns", description = "Times a small evaluation behind a huge one.", sortOptions = false)
public final class Turns implements Callable<Integer> {
    @Option(names = "--project", defaultValue = ".", description = "Its folder, built (default: ${DEFAULT-VALUE}).")
    Path project = Path.of("");

    @Option(names = "--solvers", defaultValue = "2", description = "Of one core each (default: ${DEFAULT-VALUE}).")
    int solvers;

    @Option(names = "--huge", defaultValue = "5000", description = "Units of the huge one (default: ${DEFAULT-VALUE}).")
    int huge;

    @Option(names = "--small", defaultValue = "20", description = "Units of the small one (default: ${DEFAULT-VALUE}).")
    int small;

    @Option(names = "--unit-examples", defaultValue = "2", description = "Of each unit (default: ${DEFAULT-VALUE}).")
    int unitExamples;

    @Option(names = "--steps", defaultValue = "48", description = "Of each example (default: ${DEFAULT-VALUE}).")
    int steps;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    private Turns() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Turns()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = project.toAbsolutePath().normalize();
        var demo = new Demo(root);
        try (var platform =
                new RunningPlatform(root, unitExamples, "--solvers", String.valueOf(solvers), "--threads", "1")) {
            demo.imported(platform, "warm-up", 8 * solvers * unitExamples);
            Demo.finished(platform, demo.submitted(platform, "warm-up", steps));
            small(platform, demo, "alone");
            demo.imported(platform, "huge", huge * unitExamples);
            String before = demo.submitted(platform, "huge", steps);
            small(platform, demo, "behind-the-huge-one");
            JsonNode rest = platform.get("/api/evaluations/" + before);
            System.out.printf(
                    Locale.ROOT,
                    "the huge one had %d of %d units by then%n",
                    rest.path("unitsDone").asInt(),
                    rest.path("unitCount").asInt());
            platform.post("/api/evaluations/" + before + "/cancel");
        }
        return 0;
    }

    private void small(RunningPlatform platform, Demo demo, String name) throws IOException, InterruptedException {
        demo.imported(platform, name, small * unitExamples);
        JsonNode ended = Demo.finished(platform, demo.submitted(platform, name, steps));
        Instant created = Instant.parse(ended.path("createdAt").asText());
        System.out.printf(
                Locale.ROOT,
                "%d units %s: %.1f s to the first unit, %.1f s to the score%n",
                ended.path("unitCount").asInt(),
                name,
                seconds(created, ended.path("startedAt")),
                seconds(created, ended.path("finishedAt")));
    }

    private static double seconds(Instant from, JsonNode to) {
        return Duration.between(from, Instant.parse(to.asText())).toMillis() / 1000.0;
    }
}
