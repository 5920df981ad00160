package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.PuzzleSet;
import dev.trmarena.arena.client.ImportPuzzles;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
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
        connection.print(puzzles.named(name, path, kind, replaces), ImportCommand::write);
        if (Files.isRegularFile(path)) {
            // It was imported, so it can be read; what is odd about it is told where it lies.
            PuzzleSetImport.warnings(path, kind == null ? null : PuzzleKind.named(kind))
                    .forEach(warning -> System.err.println("warning: " + warning));
        }
        return 0;
    }

    private static void write(PuzzleSet set, PrintStream out) {
        out.println("imported " + set.name() + ": " + set.kind() + ", " + set.taskCount() + " tasks, "
                + set.exampleCount() + " examples of " + set.seqLen() + " tokens, vocabulary " + set.vocabSize() + ", "
                + set.identifierCount() + " puzzle identifiers");
        out.println("digest " + set.digest());
    }
}
