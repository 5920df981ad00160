package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask.Pair;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.Canvas;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Draws consecutive puzzles of a group, each with all its pairs, onto canvases. Where every grid stands was drawn before, so
 * that pieces can be rendered side by side.
 */
final class RenderPuzzles implements Callable<RenderPuzzles.Canvases> {
    /** @param inputs and labels: 900 tokens a pair, pairs of a puzzle together, puzzles in order */
    record Canvases(byte[] inputs, byte[] labels) {}

    /** The pairs of a task under the eight transforms. */
    static final class AllTransforms {
        private static final int TRANSFORMS = 8;
        private final Grid[][] inputs = new Grid[TRANSFORMS][];
        private final Grid[][] outputs = new Grid[TRANSFORMS][];
        private final int pairs;

        AllTransforms(List<Pair> all) {
            this.pairs = all.size();
            for (int t = 0; t < TRANSFORMS; t++) {
                int transform = t;
                inputs[t] = all.stream()
                        .map(pair -> Augmentation.transformed(pair.input(), transform))
                        .toArray(Grid[]::new);
                outputs[t] = all.stream()
                        .map(pair -> Augmentation.transformed(pair.output(), transform))
                        .toArray(Grid[]::new);
            }
        }

        int pairs() {
            return pairs;
        }

        int rows(int transform, int pair) {
            return Math.max(inputs[transform][pair].rows(), outputs[transform][pair].rows());
        }

        int columns(int transform, int pair) {
            return Math.max(inputs[transform][pair].columns(), outputs[transform][pair].columns());
        }
    }

    private final AllTransforms transforms;
    private final long[] codes;
    private final byte[] tops;
    private final byte[] lefts;

    /**
     * @param codes of the puzzles, see {@link Augmentation#codeOf}
     * @param tops first row of the grids of each pair, puzzle by puzzle
     * @param lefts first column likewise
     */
    RenderPuzzles(AllTransforms transforms, long[] codes, byte[] tops, byte[] lefts) {
        this.transforms = transforms;
        this.codes = codes;
        this.tops = tops;
        this.lefts = lefts;
    }

    @Override
    public Canvases call() {
        int pairs = transforms.pairs();
        byte[] inputs = new byte[codes.length * pairs * Canvas.TOKENS];
        byte[] labels = new byte[inputs.length];
        for (int puzzle = 0; puzzle < codes.length; puzzle++) {
            int transform = Augmentation.transformOf(codes[puzzle]);
            byte[] tokenOf = Canvas.tokensOf(Augmentation.coloursOf(codes[puzzle]));
            for (int pair = 0; pair < pairs; pair++) {
                int example = puzzle * pairs + pair;
                int at = example * Canvas.TOKENS;
                Canvas.place(transforms.inputs[transform][pair], tokenOf, tops[example], lefts[example], inputs, at);
                Canvas.place(transforms.outputs[transform][pair], tokenOf, tops[example], lefts[example], labels, at);
            }
        }
        return new Canvases(inputs, labels);
    }
}
