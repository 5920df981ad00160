package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.build.ArcPlan.Group;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes an ARC set in its compact form: the tasks, the names of the identifiers, and which identifiers are examples, in
 * order. What the canvases hold follows from these; {@link dev.trmarena.puzzles.set.PuzzleSet} draws each when it is asked for.
 */
public final class WriteCompactSet {
    private WriteCompactSet() {}

    /**
     * @param folder gets {@code manifest.json}, {@code test_puzzles.json}, {@code identifiers.json}, {@code puzzles.npy}
     * @return the manifest, without digests
     * @throws InputProblem when two different test tasks have one name
     */
    public static PuzzleSetManifest write(ArcPlan plan, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Group> groups = plan.groups(true);
        requireOneTaskAName(groups);
        int puzzles = groups.stream().mapToInt(group -> group.codes().length).sum();
        int[] identifiers = new int[puzzles];
        int puzzle = 0;
        long examples = 0;
        for (Group group : groups) {
            System.arraycopy(group.identifiers(), 0, identifiers, puzzle, group.codes().length);
            puzzle += group.codes().length;
            examples +=
                    (long) group.codes().length * group.source().task().tests().size();
        }
        Npy.writeInt32(folder.resolve(PuzzleSetManifest.PUZZLES), identifiers, puzzles);
        WriteArcNames.identifiers(plan, folder.resolve(PuzzleSetManifest.IDENTIFIERS));
        WriteArcNames.testPuzzles(plan, folder.resolve(PuzzleSetManifest.TEST_PUZZLES));
        int tasks = (int)
                groups.stream().map(group -> group.source().name()).distinct().count();
        var manifest = new PuzzleSetManifest(
                PuzzleKind.ARC,
                Canvas.TOKENS,
                Canvas.VOCABULARY,
                plan.identifierCount(),
                0,
                Math.toIntExact(examples),
                tasks,
                Canvas.SIDE,
                Map.of(),
                plan.recipe(),
                plan.solutionsHidden());
        Files.write(folder.resolve(PuzzleSetManifest.MANIFEST), manifest.toJson());
        return manifest;
    }

    /** Names are all that an example knows of its task. */
    private static void requireOneTaskAName(List<Group> groups) {
        Map<String, SourceTask> known = new HashMap<>();
        for (Group group : groups) {
            SourceTask other = known.putIfAbsent(group.source().name(), group.source());
            if (other != null && !other.task().equals(group.source().task())) {
                throw new InputProblem(
                        group.source().name(),
                        null,
                        "two of the test sets have different tasks of this name",
                        "Make one of them a test set, or build the whole directory.");
            }
        }
    }
}
