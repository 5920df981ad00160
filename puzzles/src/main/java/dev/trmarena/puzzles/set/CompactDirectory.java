package dev.trmarena.puzzles.set;

import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ArcFiles;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.arc.IdentifierNames;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of a compact ARC set, as {@link dev.trmarena.puzzles.build.WriteCompactSet} writes them. */
final class CompactDirectory {
    private static final String REMEDY = "Use the files of one compact set together, as they were built.";

    private CompactDirectory() {}

    static ImportedSet read(Path root) throws IOException {
        Map<String, Path> files = new HashMap<>();
        for (String role :
                List.of(PuzzleSetManifest.TEST_PUZZLES, PuzzleSetManifest.IDENTIFIERS, PuzzleSetManifest.PUZZLES)) {
            Path file = root.resolve(role);
            if (!Files.isRegularFile(file)) {
                throw new InputProblem(role, null, "it is missing from the compact set", REMEDY);
            }
            files.put(role, file);
        }
        PuzzleSetManifest manifest = manifest(root.resolve(PuzzleSetManifest.MANIFEST));
        check(manifest, root);
        return new ImportedSet(manifest.withArtifacts(Map.of()), files);
    }

    private static PuzzleSetManifest manifest(Path file) throws IOException {
        if (Files.size(file) > ReadLimits.DESCRIPTION_BYTES) {
            throw new InputProblem(
                    PuzzleSetManifest.MANIFEST,
                    null,
                    "it has " + Files.size(file) + " bytes, at most " + ReadLimits.DESCRIPTION_BYTES + " are read",
                    REMEDY);
        }
        PuzzleSetManifest manifest;
        try {
            manifest = PuzzleSetManifest.fromJson(Files.readAllBytes(file));
        } catch (UncheckedIOException e) {
            throw new InputProblem(PuzzleSetManifest.MANIFEST, null, String.valueOf(e.getMessage()), REMEDY);
        }
        if (manifest.recipe() == null || manifest.seqLen() != Canvas.TOKENS) {
            throw new InputProblem(PuzzleSetManifest.MANIFEST, null, "it is not that of a compact ARC set", REMEDY);
        }
        ReadSize.require(PuzzleSetManifest.MANIFEST, "exampleCount", manifest.exampleCount(), ReadLimits.EXAMPLES);
        ReadSize.require(
                PuzzleSetManifest.MANIFEST, "identifierCount", manifest.identifierCount(), ReadLimits.IDENTIFIERS);
        return manifest;
    }

    /** All that the manifest says follows from the other files, so it can be held to them. */
    private static void check(PuzzleSetManifest manifest, Path root) throws IOException {
        var findings = new Findings();
        NpyArray puzzles = Npy.open(root.resolve(PuzzleSetManifest.PUZZLES));
        if (!puzzles.type().equals("i4") || puzzles.shape().length != 1) {
            throw new InputProblem(PuzzleSetManifest.PUZZLES, null, "it is not a list of 32-bit integers", REMEDY);
        }
        ReadSize.require(PuzzleSetManifest.PUZZLES, null, puzzles.count(), ReadLimits.EXAMPLES);
        var used = new BitSet();
        int count = (int) puzzles.count();
        for (int p = 0; p < count; p++) {
            long identifier = puzzles.longAt(p);
            if (identifier < 1 || identifier >= manifest.identifierCount()) {
                String problem = "identifier " + identifier + " of " + manifest.identifierCount();
                findings.add(PuzzleSetManifest.PUZZLES, "puzzle " + p, problem, REMEDY);
            } else {
                used.set((int) identifier);
            }
        }
        findings.throwIfAny();
        Map<String, ArcTask> tasks = new HashMap<>();
        for (ArcTask task : ArcFiles.tasks(root.resolve(PuzzleSetManifest.TEST_PUZZLES))) {
            tasks.put(task.name(), task);
        }
        try {
            var names = IdentifierNames.read(root.resolve(PuzzleSetManifest.IDENTIFIERS), used);
            int examples = new GeneratedExamples(puzzles, names, tasks).count();
            if (examples != manifest.exampleCount() || tasks.size() != manifest.taskCount()) {
                throw new IllegalArgumentException("the files hold " + examples + " examples of " + tasks.size()
                        + " tasks, the manifest says " + manifest.exampleCount() + " of " + manifest.taskCount());
            }
        } catch (IllegalArgumentException e) {
            throw new InputProblem(PuzzleSetManifest.PUZZLES, null, String.valueOf(e.getMessage()), REMEDY);
        }
    }
}
