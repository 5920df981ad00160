package dev.trmarena.puzzles.answers;

import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ArcFiles;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.SourceTask;
import dev.trmarena.puzzles.set.ArcSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was answered: an open puzzle set, or ARC tasks alone, which have all that is needed to score grids.
 *
 * @param tasks of ARC; empty for other puzzles
 * @param solutionsHidden whether there is nothing to score against
 * @param set null when there are tasks alone
 */
public record AnsweredTasks(
        List<ArcTask> tasks,
        boolean solutionsHidden,
        @Nullable PuzzleSet set) {
    private static final Pattern CHALLENGES = Pattern.compile("(.+)[_-]challenges\\.json(\\.gz)?");

    public AnsweredTasks {
        tasks = List.copyOf(tasks);
    }

    public static AnsweredTasks of(PuzzleSet set) {
        return new AnsweredTasks(
                set.match(ArcSet::tasks, labelled -> List.of()), set.manifest().solutionsHidden(), set);
    }

    /**
     * @param source a puzzle set as it is imported; {@code test_puzzles.json} or its folder; {@code …_challenges.json} with {@code
     *     …_solutions.json} beside it; a folder of one JSON a task
     * @param scratch where arrays are written
     * @param warning gets what is odd about the set
     * @throws InputProblem when it is none of these
     */
    public static AnsweredTasks read(Path source, Path scratch, Consumer<String> warning) throws IOException {
        String name = String.valueOf(source.getFileName());
        Matcher challenges = CHALLENGES.matcher(name);
        if (challenges.matches()) {
            return raw(source.resolveSibling(""), challenges.group(1), Map.of());
        }
        if (name.equals(PuzzleSetManifest.TEST_PUZZLES)) {
            return new AnsweredTasks(ArcFiles.tasks(source), false, null);
        }
        boolean folder = Files.isDirectory(source);
        boolean whole = !folder
                || Files.exists(source.resolve(PuzzleSetManifest.MANIFEST))
                || Files.exists(source.resolve("test"));
        if (whole) {
            var imported = PuzzleSetImport.read(source, null, scratch);
            imported.warnings().forEach(warning);
            return of(PuzzleSet.ofFiles(imported.manifest(), imported.files()::get));
        }
        Path tasks = source.resolve(PuzzleSetManifest.TEST_PUZZLES);
        return Files.exists(tasks)
                ? new AnsweredTasks(ArcFiles.tasks(tasks), false, null)
                : raw(source, name, Map.of(name, source));
    }

    private static AnsweredTasks raw(Path folder, String subset, Map<String, Path> folders) throws IOException {
        try (var source = ArcSource.open(folder, subset, folders, true)) {
            List<ArcTask> tasks =
                    source.read(subset).stream().map(SourceTask::task).toList();
            return new AnsweredTasks(tasks, source.solutionsMissing(), null);
        }
    }
}
