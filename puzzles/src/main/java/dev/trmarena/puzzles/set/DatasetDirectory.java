package dev.trmarena.puzzles.set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ReadJson;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dataset directory that the authors' builders write; only its test split is an evaluation's business. */
final class DatasetDirectory {
    private static final String DESCRIPTION = "test/dataset.json";
    private static final String REMEDY = "Upload the directory as the authors' dataset builder wrote it.";

    private final Path root;
    private final Path folder;

    DatasetDirectory(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    ImportedSet read(@Nullable PuzzleKind wanted) throws IOException {
        JsonNode meta = json(DESCRIPTION);
        int length = number(meta, "seq_len", 1);
        if (NanoTrmSudoku.wrote(meta)) {
            return nanoTrm(meta, length, wanted);
        }
        int vocab = number(meta, "vocab_size", 2);
        int identifierCount = number(meta, "num_puzzle_identifiers", 0);
        Integer ignore = meta.path("ignore_label_id").isInt()
                ? (Integer) meta.path("ignore_label_id").intValue()
                : null;
        ReadSize.require(DESCRIPTION, "seq_len", length, ReadLimits.TOKENS);
        ReadSize.require(DESCRIPTION, "num_puzzle_identifiers", identifierCount, ReadLimits.IDENTIFIERS);
        if (vocab > 256) {
            throw bad(DESCRIPTION, "vocab_size", "it is " + vocab + "; at most 256 tokens are stored");
        }
        NpyArray inputs = matrix("test/all__inputs.npy", length);
        NpyArray labels = matrix("test/all__labels.npy", length);
        int examples = inputs.shape()[0];
        requireAsMany(labels, examples);
        int[] identifiers = identifiers(examples, identifierCount);
        Map<String, Path> files = new HashMap<>();
        var findings = new Findings();
        files.put(PuzzleSetManifest.INPUTS, tokens("test/all__inputs.npy", inputs, vocab, findings));
        files.put(PuzzleSetManifest.LABELS, tokens("test/all__labels.npy", labels, vocab, findings));
        findings.throwIfAny();
        Path identifierFile = folder.resolve(PuzzleSetManifest.PUZZLE_IDENTIFIERS);
        Npy.writeInt32(identifierFile, identifiers, examples);
        files.put(PuzzleSetManifest.PUZZLE_IDENTIFIERS, identifierFile);
        PuzzleKind kind = wanted == null
                ? PuzzleKind.ofDirectory(length, vocab, Files.exists(root.resolve(PuzzleSetManifest.TEST_PUZZLES)))
                : wanted;
        requireLength(kind, length);
        var warnings = new Warnings();
        for (String role : kind.filesBeside()) {
            boolean left = role.equals(PuzzleSetManifest.TEST_PUZZLES) && !Files.exists(root.resolve(role));
            files.put(role, left ? folder.resolve(role) : existing(role));
            if (left) {
                Path names = existing(PuzzleSetManifest.IDENTIFIERS);
                TasksOfExamples.write(inputs, labels, identifiers, names, folder.resolve(role));
                warnings.add(TasksOfExamples.WARNING);
            }
        }
        int tasks = kind.countTasks(identifiers, files::get);
        int side = PuzzleSetImport.sideOf(length);
        return new ImportedSet(
                PuzzleSetManifest.stored(kind, length, vocab, identifierCount, ignore, examples, tasks, side),
                files,
                warnings.first(),
                warnings.count());
    }

    private ImportedSet nanoTrm(JsonNode meta, int length, @Nullable PuzzleKind wanted) throws IOException {
        ReadSize.require(DESCRIPTION, "seq_len", length, ReadLimits.TOKENS);
        int grid = NanoTrmSudoku.grid(meta, DESCRIPTION, length);
        int side = PuzzleSetImport.sideOf(length);
        NpyArray inputs = matrix("test/all__inputs.npy", length);
        NpyArray labels = matrix("test/all__labels.npy", length);
        int examples = inputs.shape()[0];
        requireAsMany(labels, examples);
        Map<String, Path> files = new HashMap<>();
        for (String role :
                List.of(PuzzleSetManifest.INPUTS, PuzzleSetManifest.LABELS, PuzzleSetManifest.PUZZLE_IDENTIFIERS)) {
            files.put(role, folder.resolve(role));
        }
        var findings = new Findings();
        NanoTrmSudoku.write(
                "test/all__inputs.npy", inputs, grid, side, true, folder.resolve(PuzzleSetManifest.INPUTS), findings);
        NanoTrmSudoku.write(
                "test/all__labels.npy", labels, grid, side, false, folder.resolve(PuzzleSetManifest.LABELS), findings);
        findings.throwIfAny();
        Npy.writeInt32(folder.resolve(PuzzleSetManifest.PUZZLE_IDENTIFIERS), new int[examples], examples);
        PuzzleKind kind = wanted == null ? PuzzleKind.ofDirectory(grid * grid, grid + 2, false) : wanted;
        return new ImportedSet(
                PuzzleSetManifest.stored(kind, grid * grid, grid + 2, 1, 0, examples, examples, grid),
                files,
                List.of(NanoTrmSudoku.WARNING),
                1);
    }

    private static void requireAsMany(NpyArray labels, int examples) {
        if (labels.shape()[0] != examples) {
            throw bad("test/all__labels.npy", null, labels.shape()[0] + " examples, the inputs have " + examples);
        }
    }

    private static void requireLength(PuzzleKind kind, int length) {
        if (!LabelledSet.isShown(length)) {
            throw bad(
                    DESCRIPTION,
                    "seq_len",
                    "it is " + length
                            + ", which makes no rectangle of at most 255 rows and columns; as one it is shown");
        }
        if (kind.canvas().isPresent() && kind.canvas().getAsInt() != length) {
            throw bad(
                    DESCRIPTION,
                    "seq_len",
                    "it is " + length + "; an ARC canvas has " + kind.canvas().getAsInt());
        }
    }

    /** The builder keeps one identifier a puzzle, and where each puzzle's examples begin; here every example has its own. */
    private int[] identifiers(int examples, int identifierCount) throws IOException {
        String name = "test/all__puzzle_identifiers.npy";
        NpyArray perPuzzle = integers(name);
        ReadSize.require(name, null, perPuzzle.count(), ReadLimits.EXAMPLES);
        NpyArray begins = integers("test/all__puzzle_indices.npy");
        int puzzles = (int) perPuzzle.count();
        if (begins.count() != puzzles + 1L || begins.longAt(0) != 0 || begins.longAt(puzzles) != examples) {
            throw bad(
                    "test/all__puzzle_indices.npy",
                    null,
                    "it has to run from 0 to " + examples + " in " + (puzzles + 1)
                            + " entries, one more than there are puzzle identifiers");
        }
        int[] identifiers = new int[examples];
        for (int p = 0; p < puzzles; p++) {
            long identifier = perPuzzle.longAt(p);
            if (identifier < 0 || identifier >= Math.max(identifierCount, 1)) {
                throw bad(name, "puzzle " + p, "identifier " + identifier + " of " + identifierCount);
            }
            long end = begins.longAt(p + 1);
            if (end < begins.longAt(p) || end > examples) {
                throw bad("test/all__puzzle_indices.npy", "puzzle " + p, "it ends at " + end);
            }
            Arrays.fill(identifiers, (int) begins.longAt(p), (int) end, (int) identifier);
        }
        return identifiers;
    }

    private Path tokens(String name, NpyArray array, int vocab, Findings findings) throws IOException {
        Path out = folder.resolve(name.contains("inputs") ? PuzzleSetManifest.INPUTS : PuzzleSetManifest.LABELS);
        int length = array.rowLength();
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(out), 1 << 16)) {
            stream.write(Npy.header("u1", array.shape()));
            long count = array.count();
            for (long i = 0; i < count; i++) {
                long token = array.longAt(i);
                if (token < 0 || token >= vocab) {
                    findings.add(
                            name,
                            "example " + i / length + ", cell " + i % length,
                            "token " + token + "; vocab_size is " + vocab,
                            REMEDY);
                }
                stream.write((int) token);
            }
        }
        return out;
    }

    private NpyArray matrix(String name, int length) throws IOException {
        NpyArray array = integers(name);
        int[] shape = array.shape();
        if (shape.length != 2 || shape[0] < 1 || shape[1] != length) {
            throw bad(name, null, "its shape is " + Arrays.toString(shape) + ", seq_len is " + length);
        }
        ReadSize.require(name, null, shape[0], ReadLimits.EXAMPLES);
        return array;
    }

    private NpyArray integers(String name) throws IOException {
        NpyArray array;
        try {
            array = Npy.open(existing(name));
        } catch (InputProblem e) {
            throw bad(name, e.place(), e.problem());
        }
        if (!array.isInteger()) {
            throw bad(name, null, "its type is " + array.type() + "; tokens are integers");
        }
        return array;
    }

    private JsonNode json(String name) throws IOException {
        return ReadJson.tree(existing(name), name, ReadLimits.DESCRIPTION_BYTES);
    }

    private int number(JsonNode meta, String key, int least) {
        JsonNode value = meta.path(key);
        if (!value.canConvertToInt() || value.intValue() < least) {
            throw bad(DESCRIPTION, key, "it is " + (value.isMissingNode() ? "missing" : Quote.of(value.toString())));
        }
        return value.intValue();
    }

    private Path existing(String name) {
        Path file = root.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw bad(name, null, "it is missing from the dataset directory");
        }
        return file;
    }

    private static InputProblem bad(String file, @Nullable String place, String problem) {
        return new InputProblem(file, place, problem, REMEDY);
    }
}
