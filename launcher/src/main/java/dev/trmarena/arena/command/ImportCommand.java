package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.ImportedPuzzleSet;
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

    @Option(
            names = "--replaces",
            paramLabel = "SET",
            description = "The set in whose place this one is: its board stays, and says so.")
    @Nullable
    String replaces;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var puzzles = new ImportPuzzles(connection.client(), connection.uploads());
        var imported = puzzles.named(name, path, kind, replaces);
        connection.print(imported, ImportCommand::write);
        warn(imported.value(), System.err);
        return 0;
    }

    static void warn(ImportedPuzzleSet set, PrintStream err) {
        set.warnings().forEach(warning -> err.println("warning: " + warning));
        int others = set.warningCount() - set.warnings().size();
        if (others > 0) {
            err.println("warning: and " + others + " more");
        }
    }

    private static void write(ImportedPuzzleSet set, PrintStream out) {
        out.println("imported " + set.name() + ": " + set.kind() + ", " + set.taskCount() + " tasks, "
                + set.exampleCount() + " examples of " + set.seqLen() + " tokens, vocabulary " + set.vocabSize() + ", "
                + set.identifierCount() + " puzzle identifiers");
        out.println("digest " + set.digest());
    }
}
