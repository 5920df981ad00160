package dev.trmarena.benchmark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    @Mixin
    private final SlowUnits slow = new SlowUnits(4);

    @Option(names = "--solvers", split = ",", defaultValue = "1,2,4", description = "(default: ${DEFAULT-VALUE})")
    List<Integer> solvers = List.of();

    @Option(names = "--units", defaultValue = "100", description = "Of the evaluation (default: ${DEFAULT-VALUE}).")
    int units;

    private Throughput() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Throughput()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        double alone = 0;
        for (int count : solvers) {
            double rate = rate(count);
            alone = alone == 0 ? rate : alone;
            System.out.printf(
                    Locale.ROOT,
                    "%d solvers of one core: %.2f examples/s, %.2f units/s, %.2f times the first%n",
                    count,
                    rate * slow.unitExamples,
                    rate,
                    rate / alone);
        }
        return 0;
    }

    /** @return units a second */
    private double rate(int count) throws IOException, InterruptedException {
        try (var platform = slow.platform(count)) {
            slow.imported(platform, "measured", units);
            JsonNode ended = slow.submitted(platform, "measured", "--wait");
            return units / SlowUnits.seconds(ended, "startedAt", "finishedAt");
        }
    }
}
