package dev.trmarena.arena.command;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.ImportedPuzzleSet;
import dev.trmarena.arena.client.FetchFromHub;
import dev.trmarena.arena.client.ImportPuzzles;
import dev.trmarena.arena.client.RawTasksOfHub;
import dev.trmarena.puzzles.arc.ArcRecipe.SplitOrder;
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
                    + " of a directory only the test split is used.",
            "On a hub, hf://datasets/OWNER/REPO/PATH@REVISION, it is a CSV or raw ARC tasks: SUBSET_challenges.json with its"
                    + " SUBSET_solutions.json beside it, a folder of such files, or a folder with one JSON a task. The platform fetches"
                    + " them, all at one commit, and builds the set: --subsets, --test-set, --augmentations, --seed as ./arena puzzles"
                    + " build."
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
    RecipeOptions recipe;

    @Option(names = "--dry-run", description = "Of hf://…: only tell what would be fetched.")
    boolean dryRun;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var puzzles = new ImportPuzzles(connection.client(), connection.uploads());
        String from = FetchFromHub.nameIn(path);
        if (dryRun && from == null) {
            throw new ArenaProblem("nothing is fetched of a file of this machine", "leave --dry-run away");
        }
        Answer<ImportedPuzzleSet> imported =
                from == null ? puzzles.named(name, path, kind, replaces) : fetched(puzzles, from);
        if (imported != null) {
            connection.print(imported, ImportCommand::write);
            warn(imported.value(), System.err);
        }
        return 0;
    }

    /** @return null when it was only told */
    private @Nullable Answer<ImportedPuzzleSet> fetched(ImportPuzzles puzzles, String from)
            throws InterruptedException {
        if (from.replaceFirst("@[^@]*$", "").endsWith(".csv")) {
            if (dryRun) {
                WouldBeFetched.tell(connection, from, null);
                return null;
            }
            return puzzles.fromHub(name, from, kind, replaces, connection.fetches());
        }
        RawTasksOfHub raw = RawTasksOfHub.find(connection.client().api(), from, recipe.subsets);
        if (dryRun) {
            WouldBeFetched.tell(connection, raw);
            return null;
        }
        if (recipe.order() != SplitOrder.TRAIN_TEST) {
            throw new ArenaProblem("a platform builds in the order train,test", "leave --split-order away");
        }
        var asked = new ArenaApi.Recipe(
                raw.subsets(),
                recipe.testSets.isEmpty() && raw.subsets().size() == 1 ? raw.subsets() : recipe.testSets,
                recipe.augmentations,
                recipe.seed);
        return puzzles.fromHub(name, raw, asked, replaces, connection.fetches());
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
