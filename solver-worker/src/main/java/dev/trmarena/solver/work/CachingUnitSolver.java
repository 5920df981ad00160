package dev.trmarena.solver.work;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.EstimateMemory;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.score.Adaptation;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.Canary;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import dev.trmarena.solver.adapt.Rows;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Solves work units by their networks. The last few networks and puzzle sets stay open: the units of an evaluation come one after
 * the other. Used from one thread.
 */
public final class CachingUnitSolver implements UnitSolver {
    private static final int KEPT = 2;

    /** Of networks and sets whose batches were halved; what was forgotten is found out anew. */
    private static final int REMEMBERED = 64;

    /** Of what runs together, by estimate: twice what 64 examples of ARC take in a full-size network. */
    private static final double MOST_BYTES = 8e9;

    private final ArtifactStore store;
    private final int batchTokens;
    private final @Nullable Path adaptations;
    private final UnaryOperator<Network> opened;

    private final Map<String, RowsTogether> rows = new Remembered<>();

    /** The mean row of a table, by the digest of the weights: reading a table of gigabytes once is enough. */
    private final Map<String, float[]> means = new Remembered<>();

    private static final class Remembered<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1;

        Remembered() {
            super(4, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    /**
     * In the order of their last use, and no other: what runs was used last, so what is closed never runs. Caffeine keeps what
     * was used often, whatever runs: behind two long evaluations, two new ones in turn open their networks 13 times, not twice.
     */
    private final LinkedHashMap<String, Network> networks = new LinkedHashMap<>(4, 0.75f, true);

    /** Likewise: the set of the unit that runs is the one used last. */
    private final LinkedHashMap<String, PuzzleSet> puzzleSets = new LinkedHashMap<>(4, 0.75f, true);

    /**
     * @param batchTokens tokens that run together; bounds the memory of a step
     * @param adaptations folder for what adaptations of all weights keep, see {@link AdaptAll}
     */
    public CachingUnitSolver(ArtifactStore store, int batchTokens, Path adaptations) {
        this(store, batchTokens, adaptations, network -> network);
    }

    /** One that cannot train all weights: it has no folder to keep them in. */
    public CachingUnitSolver(ArtifactStore store, int batchTokens) {
        this(store, batchTokens, null, network -> network);
    }

    /** @param opened what is used in place of a network that was opened */
    CachingUnitSolver(ArtifactStore store, int batchTokens, UnaryOperator<Network> opened) {
        this(store, batchTokens, null, opened);
    }

    private CachingUnitSolver(
            ArtifactStore store, int batchTokens, @Nullable Path adaptations, UnaryOperator<Network> opened) {
        this.store = store;
        this.batchTokens = batchTokens;
        this.adaptations = adaptations;
        this.opened = opened;
    }

    @Override
    public List<Answer> solve(List<WorkUnit> units, Steps steps) throws IOException {
        WorkUnit first = units.get(0);
        Protocol protocol = Protocol.parse(first.protocol());
        PuzzleSet set = puzzleSet(first.puzzleSetManifest());
        if (first.purpose() == Purpose.ADAPT) {
            if (adaptations == null) {
                throw new IOException("this solver has no folder for adaptations (ARENA_ADAPTATIONS)");
            }
            CheckpointManifest manifest = manifest(first);
            var all = new AdaptAll(manifest, weights(manifest), set, protocol, adaptations, steps);
            return List.of(all.leg(first, mean(manifest)));
        }
        Network network = network(first, protocol.dtype());
        if (first.purpose() == Purpose.CANARY) {
            return List.of(canary(first, network, set, protocol, steps));
        }
        int replayTasks = first.purpose() == Purpose.REPLAY ? Integer.MAX_VALUE : first.replayTasks();
        List<int[]> examples = new ArrayList<>();
        for (WorkUnit unit : units) {
            examples.add(examples(unit, set, protocol));
        }
        Adaptation recipe = protocol.adaptation();
        // Where all weights were adapted, the unit names what came of it, rows and all.
        Network told = recipe == null || !recipe.isOfUnits()
                ? network
                : network.withRows(adapted(first, set, examples, recipe, steps)::row);
        return RowsTogether.answers(
                network,
                examples,
                rows(first, network, set),
                (some, firsts) -> PredictBatch.predict(told, set, some, firsts, protocol, replayTasks, steps));
    }

    private Rows adapted(WorkUnit unit, PuzzleSet set, List<int[]> examples, Adaptation recipe, Steps steps)
            throws IOException {
        CheckpointManifest manifest = manifest(unit);
        return new AdaptRows(manifest, weights(manifest), set, recipe, steps).rows(mean(manifest), examples);
    }

    private float[] mean(CheckpointManifest manifest) throws IOException {
        float[] mean = means.get(manifest.weights());
        if (mean == null) {
            mean = AdaptRows.mean(weights(manifest));
            means.put(manifest.weights(), mean);
        }
        return mean;
    }

    private Answer canary(WorkUnit unit, Network network, PuzzleSet set, Protocol protocol, Steps steps)
            throws IOException {
        Canary canary = canary(unit, set);
        int[] examples = IntStream.range(unit.firstExample(), unit.endExample()).toArray();
        return RowsTogether.answers(
                        network,
                        List.of(examples),
                        rows(unit, network, set),
                        (some, firsts) -> PredictCanary.predict(network, canary, some, protocol, steps))
                .get(0);
    }

    /** Examples that run together: a wide network takes fewer than their tokens say. */
    private RowsTogether rows(WorkUnit unit, Network network, PuzzleSet set) {
        return rows.computeIfAbsent(key(unit, network.dtype()) + " " + unit.puzzleSetManifest(), key -> {
            int tokens = set.manifest().seqLen();
            double bytes = EstimateMemory.ofStep(network.hyperParameters(), tokens);
            return new RowsTogether((int) Math.max(1, Math.min(batchTokens / tokens, MOST_BYTES / bytes)));
        });
    }

    /** Those of the unit that the protocol runs. */
    private static int[] examples(WorkUnit unit, PuzzleSet set, Protocol protocol) {
        if (unit.endExample() > set.exampleCount()) {
            throw new IllegalArgumentException(
                    "the unit ends at example " + unit.endExample() + ", the puzzle set has " + set.exampleCount());
        }
        int[] examples = IntStream.range(unit.firstExample(), unit.endExample())
                .filter(example -> protocol.votes().votes(set, example))
                .toArray();
        if (examples.length != unit.exampleCount()) {
            throw new IllegalArgumentException("the protocol runs " + examples.length + " of the examples "
                    + unit.firstExample() + " to " + (unit.endExample() - 1) + ", the unit says "
                    + unit.exampleCount());
        }
        return examples;
    }

    private static Canary canary(WorkUnit unit, PuzzleSet set) {
        return Canary.of(set)
                .filter(canary -> unit.endExample() <= canary.size())
                .orElseThrow(() -> new IllegalArgumentException("the unit ends at demonstration " + unit.endExample()
                        + ", the puzzle set has fewer for a canary"));
    }

    private static String key(WorkUnit unit, Dtype dtype) {
        return unit.checkpointManifest() + " " + dtype + " " + unit.hCycles() + " " + unit.lCycles();
    }

    private Network network(WorkUnit unit, Dtype dtype) throws IOException {
        String key = key(unit, dtype);
        Network open = networks.get(key);
        if (open == null) {
            CheckpointManifest manifest = manifest(unit);
            open = opened.apply(Networks.open(manifest, weights(manifest), dtype, null));
            networks.put(key, open);
            while (networks.size() > KEPT) {
                Map.Entry<String, Network> eldest =
                        networks.entrySet().iterator().next();
                networks.remove(eldest.getKey());
                eldest.getValue().close();
            }
        }
        return open;
    }

    private CheckpointManifest manifest(WorkUnit unit) throws IOException {
        return CheckpointManifest.fromJson(Files.readAllBytes(store.verified(unit.checkpointManifest())))
                .withCycles(unit.hCycles(), unit.lCycles());
    }

    private Path weights(CheckpointManifest manifest) throws IOException {
        return store.verified(manifest.weights());
    }

    private PuzzleSet puzzleSet(String manifestDigest) throws IOException {
        PuzzleSet open = puzzleSets.get(manifestDigest);
        if (open == null) {
            var manifest = PuzzleSetManifest.fromJson(Files.readAllBytes(store.verified(manifestDigest)));
            open = PuzzleSet.open(manifest, store::verified);
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
