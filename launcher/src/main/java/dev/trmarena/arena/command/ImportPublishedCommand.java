package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.PublishedRequest;
import dev.trmarena.puzzles.score.ReadArcPrizeResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena published import}. */
@Command(
        name = "import",
        description = "Brings the public data of ARC Prize's leaderboard beside the boards of ARC-AGI-1 and 2.",
        footer = {
            "",
            "The three files are the lists that ARC Prize's leaderboard is drawn from. They take the place of all results of the same"
                    + " source, those that come with the platform included; what was imported before is kept as its history.",
            "Rows that are not displayed there, and those of other benchmarks, are left out and counted."
        })
public final class ImportPublishedCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "EVALUATIONS", description = "evaluations.json")
    Path evaluations;

    @Parameters(index = "1", paramLabel = "MODELS", description = "models.json")
    Path models;

    @Parameters(index = "2", paramLabel = "DATASETS", description = "datasets.json")
    Path datasets;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            defaultValue = ReadArcPrizeResults.SOURCE,
            description = "Where they were published, as boards say it (default: ${DEFAULT-VALUE}).")
    String source;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReadArcPrizeResults.Read read = new ReadArcPrizeResults(source).read(evaluations, models, datasets);
        connection.print(
                connection.api().importPublished(source, PublishedRequest.of(read.results())),
                (now, out) -> out.println(read.results().size() + " results of " + source + " stand beside the boards; "
                        + read.hidden() + " that are not displayed and " + read.elsewhere()
                        + " of other benchmarks were left out"));
        return 0;
    }
}
