package dev.trmarena.benchmark.hostile;

import dev.trmarena.benchmark.platform.RunningPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends what ended services once, at the size at which it did, to a platform of its own, in the heaps that {@code ./arena up}
 * gives everybody, and prints what was answered, after how long, and the most memory that each service took. See
 * docs/threats.md.
 */
@Command(name = "full-size", description = "Sends what strangers may send, at its full size.", sortOptions = false)
public final class FullSize implements Callable<Integer> {
    @Option(names = "--project", defaultValue = ".", description = "Its folder, built (default: ${DEFAULT-VALUE}).")
    Path project = Path.of("");

    @Option(
            names = "--only",
            split = ",",
            description =
                    "Of: overlaps, board, puzzles, arc, long-key, members, commas, identifiers, methods, commands, uploads.")
    List<String> only = List.of();

    @Option(
            names = "--puzzles",
            defaultValue = "5000000",
            description = "Of the set that is evaluated (default: ${DEFAULT-VALUE}, as many as are read).")
    int puzzles;

    private FullSize() {}

    private interface Trial {
        void run() throws IOException, InterruptedException;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new FullSize()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("full-size");
        // Units of a few examples would measure the broker.
        var settings = Map.of("ARENA_PLAN_UNIT_EXAMPLES", "2000", "ARENA_PLAN_UNIT_OPERATIONS", "1E15");
        Path root = project.toAbsolutePath().normalize();
        try (var platform = new RunningPlatform(root, settings, "--solvers", "0")) {
            System.out.println("| what is sent | what is answered | s | ingest | leaderboard-api |");
            System.out.println("|---|---|---:|---:|---:|");
            for (var trial : trials(platform, folder).entrySet()) {
                if (only.isEmpty() || only.contains(trial.getKey())) {
                    trial.getValue().run();
                }
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return 0;
    }

    private Map<String, Trial> trials(RunningPlatform platform, Path folder) {
        var sets = new LargeSets(platform, folder);
        var files = new SmallFiles(platform, folder);
        var requests = new ManyRequests(platform);
        Map<String, Trial> trials = new LinkedHashMap<>();
        trials.put("overlaps", sets::overlaps);
        trials.put("board", sets::board);
        trials.put("puzzles", () -> sets.puzzles(puzzles));
        trials.put("arc", sets::arc);
        trials.put("long-key", files::longKey);
        trials.put("members", files::members);
        trials.put("commas", files::commas);
        trials.put("identifiers", files::identifiers);
        trials.put("methods", requests::methods);
        trials.put("commands", requests::commands);
        trials.put("uploads", requests::uploads);
        return trials;
    }
}
