package dev.trmarena.benchmark.platform;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import dev.trmarena.solver.work.UnitSolver;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** Answers without a network: some examples with their solution, the others with a grid of 900 cells that no other has. */
final class NoModel implements UnitSolver {
    private static final int FIRST_COLOUR = 2;
    private static final int COLOURS = 10;

    private final ArtifactStore store;
    private final int rightOf100;
    private final Map<String, PuzzleSet> open;

    /** @param open puzzle sets that the solvers of this process share */
    NoModel(ArtifactStore store, int rightOf100, ConcurrentHashMap<String, PuzzleSet> open) {
        this.store = store;
        this.rightOf100 = rightOf100;
        this.open = open;
    }

    @Override
    public List<Answer> solve(List<WorkUnit> units, Steps steps) {
        return units.stream().map(this::answer).toList();
    }

    private Answer answer(WorkUnit unit) {
        PuzzleSet set = open.computeIfAbsent(unit.puzzleSetManifest(), this::opened);
        int stepCount = Protocol.parse(unit.protocol()).steps();
        List<Prediction> predictions = new ArrayList<>();
        for (int example = unit.firstExample(); example < unit.endExample(); example++) {
            predictions.add(prediction(set, example, stepCount));
        }
        return new Answer("none", 1, predictions);
    }

    private Prediction prediction(PuzzleSet set, int example, int steps) {
        var random = new SplittableRandom(example);
        byte[] tokens = new byte[set.manifest().seqLen()];
        if (random.nextInt(100) < rightOf100) {
            int[] label = set.label(example);
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (byte) label[i];
            }
        } else {
            noise(random, tokens);
        }
        var answers = new long[steps];
        Arrays.fill(answers, StepHistory.answer(set, example, tokens));
        float halt = (float) random.nextDouble(-5, 5);
        var halts = new float[steps];
        Arrays.fill(halts, halt);
        return new Prediction(example, tokens, halt, steps, new StepHistory(answers, halts).toBytes(), List.of());
    }

    /** Of each random number all eight bytes are used: making noise should cost nothing beside what is measured. */
    private static void noise(SplittableRandom random, byte[] tokens) {
        for (int i = 0; i < tokens.length; ) {
            long bits = random.nextLong();
            for (int end = Math.min(tokens.length, i + Long.BYTES); i < end; i++, bits >>>= Byte.SIZE) {
                tokens[i] = (byte) (FIRST_COLOUR + ((bits & 0xff) * COLOURS >> Byte.SIZE));
            }
        }
    }

    private PuzzleSet opened(String manifest) {
        try {
            return PuzzleSet.open(
                    PuzzleSetManifest.fromJson(Files.readAllBytes(store.verified(manifest))), store::verified);
        } catch (IOException e) {
            throw new IllegalStateException("cannot open the puzzle set " + manifest, e);
        }
    }

    @Override
    public void close() {}
}
