package dev.trmarena.solver.work;

import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.golden.LargerTable;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A checkpoint of the demo and its puzzles, stored as ingest stores them. */
record DemoArtifacts(ArtifactStore store, String checkpointManifest, String puzzleSetManifest) {
    /** The 4×4 Sudokus. */
    static DemoArtifacts in(Path folder) throws IOException {
        return of("sudoku-4x4", "step_484", "dataset", Map.of(), folder);
    }

    /** The same network behind so many rows of other sets. */
    static DemoArtifacts behindOthers(Path folder, int rows) throws IOException {
        return behindOthers("sudoku-4x4", in(folder.resolve("plain")), folder, rows);
    }

    /** {@link #arc} behind so many rows of other sets. */
    static DemoArtifacts arcBehindOthers(Path folder, int rows) throws IOException {
        return behindOthers("arc-style", arc(folder.resolve("plain")), folder, rows);
    }

    private static DemoArtifacts behindOthers(String name, DemoArtifacts plain, Path folder, int rows)
            throws IOException {
        byte[] weights = Files.readAllBytes(folder.resolve("plain/weights.safetensors"));
        float[] other = LargerTable.row(weights, "puzzle_emb.weights", 0, -2);
        Path joined = folder.resolve("joined.safetensors");
        Files.write(joined, LargerTable.with(weights, "puzzle_emb.weights", other, rows, 2));
        Path config = demo(name).resolve("all_config.yaml");
        var offset = Map.of("identifier_offset", String.valueOf(rows));
        Path converted = folder.resolve("weights.safetensors");
        var manifest = CheckpointInspection.convert(
                joined, "joined", new Configuration(config, null, null, offset), converted);
        String digest = plain.store().put(converted).digest();
        byte[] json =
                manifest.with(digest, manifest.tensorDigest(), "0".repeat(64)).toJson();
        return new DemoArtifacts(plain.store(), put(plain.store(), json), plain.puzzleSetManifest());
    }

    /** The same network with so many cycles that none of its improvement steps, each one native call, ends within a minute. */
    static DemoArtifacts endless(Path folder) throws IOException {
        return of("sudoku-4x4", "step_484", "dataset", Map.of("H_cycles", "1000", "L_cycles", "1000"), folder);
    }

    /** Harder ones, which take the network more than a step. */
    static DemoArtifacts nineByNine(Path folder) throws IOException {
        return of("sudoku-9x9", "step_1656", "test.csv", Map.of(), folder);
    }

    /** Puzzles in the style of ARC, with demonstrations. */
    static DemoArtifacts arc(Path folder) throws IOException {
        return of("arc-style", "step_17153", "dataset", Map.of(), folder);
    }

    /** Puzzles that the checkpoint has never seen: it has rows for others. */
    static DemoArtifacts unseen(Path folder) throws IOException {
        return of("unseen", "step_7178", "dataset", Map.of(), folder);
    }

    private static Path demo(String name) {
        return Path.of(System.getProperty("arena.root", "..")).resolve("demo").resolve(name);
    }

    private static DemoArtifacts of(
            String name, String trained, String puzzles, Map<String, String> settings, Path folder) throws IOException {
        Path demo = demo(name);
        Files.createDirectories(folder);
        var store = new ArtifactStore(folder.resolve("artifacts"));
        Path weights = folder.resolve("weights.safetensors");
        var converted = CheckpointInspection.convert(
                demo.resolve(trained),
                trained,
                new Configuration(demo.resolve("all_config.yaml"), null, null, settings),
                weights);
        var checkpoint = converted.with(store.put(weights).digest(), converted.tensorDigest(), "0".repeat(64));
        var set = PuzzleSetImport.read(demo.resolve(puzzles), null, Files.createDirectories(folder.resolve("set")));
        Map<String, String> artifacts = new HashMap<>();
        for (var file : set.files().entrySet()) {
            artifacts.put(file.getKey(), store.put(file.getValue()).digest());
        }
        return new DemoArtifacts(
                store,
                put(store, checkpoint.toJson()),
                put(store, set.manifest().withArtifacts(artifacts).toJson()));
    }

    private static String put(ArtifactStore store, byte[] content) throws IOException {
        return store.put(new ByteArrayInputStream(content)).digest();
    }
}
