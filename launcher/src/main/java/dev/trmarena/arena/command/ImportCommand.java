package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ImportPuzzles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena puzzles import}. */
@Command(
        name = "import",
        description = "Imports a puzzle set.",
        footer = {
            "",
            "PATH is a Sudoku CSV (source,question,answer,rating) or the directory that the authors' dataset scripts build;"
                    + " of a directory only the test split is used."
        })
public final class ImportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the new set: a-z, 0-9, `.`, `_`, `-`.")
    String name;

    @Parameters(index = "1", paramLabel = "PATH", description = "CSV file or dataset directory.")
    Path path;

    @Option(names = "--kind", paramLabel = "KIND", description = "sudoku, maze, arc or sequence (default: recognised).")
    @Nullable
    String kind;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode set = new ImportPuzzles(connection.client(), connection.uploads()).named(name, path, kind);
        connection.print(set, out -> write(set, out));
        return 0;
    }

    private static void write(JsonNode set, PrintStream out) {
        out.println("imported " + EvaluationText.text(set, "name") + ": " + EvaluationText.text(set, "kind") + ", "
                + EvaluationText.text(set, "taskCount") + " tasks, " + EvaluationText.text(set, "exampleCount")
                + " examples of " + EvaluationText.text(set, "seqLen") + " tokens, vocabulary "
                + EvaluationText.text(set, "vocabSize") + ", " + EvaluationText.text(set, "identifierCount")
                + " puzzle identifiers");
        out.println("digest " + EvaluationText.text(set, "digest"));
    }
}
