package dev.trmarena.benchmark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long a small evaluation takes alone, and how long behind a huge one that was submitted before it: from its submission to its
 * first unit in a solver's hand, and to its score.
 */
@Command(name = "turns", description = "Times a small evaluation behind a huge one.", sortOptions = false)
public final class QueueFairness implements Callable<Integer> {
    @Mixin
    private final SlowUnits slow = new SlowUnits(2);

    @Option(names = "--solvers", defaultValue = "2", description = "Of one core each (default: ${DEFAULT-VALUE}).")
    int solvers;

    @Option(names = "--huge", defaultValue = "5000", description = "Units of the huge one (default: ${DEFAULT-VALUE}).")
    int huge;

    @Option(names = "--small", defaultValue = "20", description = "Units of the small one (default: ${DEFAULT-VALUE}).")
    int small;

    private QueueFairness() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new QueueFairness()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var platform = slow.platform(solvers)) {
            small(platform, "alone");
            slow.imported(platform, "huge", huge);
            String before = slow.submitted(platform, "huge").path("id").asText();
            small(platform, "behind-the-huge-one");
            JsonNode rest = platform.get("/api/evaluations/" + before);
            System.out.printf(
                    Locale.ROOT,
                    "the huge one had %d of %d units by then%n",
                    rest.path("unitsDone").asInt(),
                    rest.path("unitCount").asInt());
        }
        return 0;
    }

    private void small(RunningPlatform platform, String name) throws IOException, InterruptedException {
        slow.imported(platform, name, small);
        JsonNode ended = slow.submitted(platform, name, "--wait");
        System.out.printf(
                Locale.ROOT,
                "%d units %s: %.1f s to the first unit, %.1f s to the score%n",
                ended.path("unitCount").asInt(),
                name,
                SlowUnits.seconds(ended, "createdAt", "startedAt"),
                SlowUnits.seconds(ended, "createdAt", "finishedAt"));
    }
}
