package dev.trmarena.solver.work;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.store.ArtifactMissing;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import dev.trmarena.solver.solve.Answers;
import dev.trmarena.solver.solve.SolveBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Solves one work unit at a time. The last few networks and puzzle sets stay open: the units of an evaluation come one after
 * the other. Used from one thread.
 */
public final class Workshop implements AutoCloseable {
    private static final int KEPT = 2;

    private final ArtifactStore store;
    private final String solver;
    private final int batchTokens;
    private final LinkedHashMap<String, Network> networks = new LinkedHashMap<>(4, 0.75f, true);
    private final LinkedHashMap<String, PuzzleSet> puzzleSets = new LinkedHashMap<>(4, 0.75f, true);

    /** @param batchTokens tokens that run together; bounds the memory of a step */
    public Workshop(ArtifactStore store, String solver, int batchTokens) {
        this.store = store;
        this.solver = solver;
        this.batchTokens = batchTokens;
    }

    /**
     * Solves a unit, however long it takes.
     *
     * @param abandoned asked after every improvement step: true when nobody waits for the answer any more
     * @return {@link Outcome.Failed} when the unit can never be solved
     * @throws CancellationException when it was abandoned
     * @throws IOException when another try, or another solver, may do better
     * @throws ArtifactMissing likewise: the store may be a moment behind
     */
    public Outcome solve(WorkUnit unit, BooleanSupplier abandoned) throws IOException {
        try {
            Network network = network(unit.checkpointManifest());
            PuzzleSet set = puzzleSet(unit.puzzleSetManifest());
            int end = unit.firstExample() + unit.exampleCount();
            if (end > set.exampleCount()) {
                throw new IllegalArgumentException(
                        "the unit ends at example " + end + ", the puzzle set has " + set.exampleCount());
            }
            int batch = Math.max(1, batchTokens / set.manifest().seqLen());
            List<Prediction> predictions = new ArrayList<>();
            long nanos = 0;
            for (int first = unit.firstExample(); first < end; first += batch) {
                long begun = System.nanoTime();
                predictions.addAll(batch(network, set, first, Math.min(end, first + batch), unit.steps(), abandoned));
                nanos += System.nanoTime() - begun;
            }
            return new Outcome.Solved(unit.evaluation(), unit.index(), solver, nanos / 1_000_000, predictions);
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed(unit.evaluation(), unit.index(), solver, String.valueOf(e.getMessage()));
        }
    }

    private static List<Prediction> batch(
            Network network, PuzzleSet set, int first, int end, int steps, BooleanSupplier abandoned)
            throws IOException {
        int[][] inputs = new int[end - first][];
        int[] identifiers = new int[end - first];
        for (int example = first; example < end; example++) {
            inputs[example - first] = set.input(example);
            identifiers[example - first] = set.puzzleIdentifier(example);
        }
        Answers answers = SolveBatch.solve(network, inputs, identifiers, steps, result -> {
            if (abandoned.getAsBoolean()) {
                throw new CancellationException("abandoned after step " + result.step());
            }
        });
        List<Prediction> predictions = new ArrayList<>();
        for (int b = 0; b < inputs.length; b++) {
            byte[] tokens = new byte[answers.tokens()[b].length];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (byte) answers.tokens()[b][i];
            }
            if (!Float.isFinite(answers.qHalt()[b])) {
                throw new IllegalArgumentException("example " + (first + b) + ": the halt logit is "
                        + answers.qHalt()[b] + "; check the weights for values that are not finite");
            }
            predictions.add(new Prediction(first + b, tokens, answers.qHalt()[b]));
        }
        return predictions;
    }

    private Network network(String manifestDigest) throws IOException {
        Network open = networks.get(manifestDigest);
        if (open == null) {
            var manifest = CheckpointManifest.fromJson(Files.readAllBytes(store.path(manifestDigest)));
            open = Networks.open(manifest, store.path(manifest.weights()));
            networks.put(manifestDigest, open);
            while (networks.size() > KEPT) {
                Map.Entry<String, Network> eldest =
                        networks.entrySet().iterator().next();
                networks.remove(eldest.getKey());
                eldest.getValue().close();
            }
        }
        return open;
    }

    private PuzzleSet puzzleSet(String manifestDigest) throws IOException {
        PuzzleSet open = puzzleSets.get(manifestDigest);
        if (open == null) {
            var manifest = PuzzleSetManifest.fromJson(Files.readAllBytes(store.path(manifestDigest)));
            open = PuzzleSet.open(manifest, store::path);
            puzzleSets.put(manifestDigest, open);
            while (puzzleSets.size() > KEPT) {
                puzzleSets.remove(puzzleSets.keySet().iterator().next());
            }
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        for (Network network : networks.values()) {
            network.close();
        }
    }
}
