package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask.Pair;
import dev.trmarena.puzzles.arc.Augmentation;
import java.util.List;

/**
 * Tells augmentations of one task apart by what they look like. Two of them have equal keys exactly when the authors' builder
 * finds their hashes (SHA-256 over the sorted hashes of the pairs) equal: when they hold the same pairs, in any order.
 *
 * <p>The builder needs the hashes only to compare them, and a million of them over every cell is most of its work. Here the
 * cells of each colour are summed up once for each of the eight transforms; a key is then a few sums over ten colours. It has
 * 128 bits, so that two different augmentations among 5000 agree by accident with a probability below 10⁻³¹.
 */
final class SameContent {
    private static final int TRANSFORMS = 8;
    private static final int COLOURS = 10;
    private static final long[] SALTS = {0x6a09e667f3bcc909L, 0x3c6ef372fe94f82bL};

    /** Sum of the cells of a colour: [lane][(transform · pairs + pair) · 10 + colour]; 0 where the colour is absent. */
    private final long[][] cells;

    /** Sizes of both grids of a pair: [lane][transform · pairs + pair]. */
    private final long[][] sizes;

    private final int pairs;

    record Key(long first, long second) {}

    SameContent(List<Pair> all) {
        this.pairs = all.size();
        this.cells = new long[SALTS.length][TRANSFORMS * pairs * COLOURS];
        this.sizes = new long[SALTS.length][TRANSFORMS * pairs];
        for (int transform = 0; transform < TRANSFORMS; transform++) {
            for (int pair = 0; pair < pairs; pair++) {
                Grid input = Augmentation.transformed(all.get(pair).input(), transform);
                Grid output = Augmentation.transformed(all.get(pair).output(), transform);
                for (int lane = 0; lane < SALTS.length; lane++) {
                    int at = transform * pairs + pair;
                    sizes[lane][at] = mixed((long) input.rows() << 48
                            ^ (long) input.columns() << 32
                            ^ (long) output.rows() << 16
                            ^ output.columns()
                            ^ SALTS[lane]);
                    sum(input, 1, lane, at);
                    sum(output, 2, lane, at);
                }
            }
        }
    }

    private void sum(Grid grid, int side, int lane, int at) {
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                long place = (long) side << 16 | row << 8 | column;
                cells[lane][at * COLOURS + grid.cell(row, column)] += mixed(place * 0x9e3779b97f4a7c15L + SALTS[lane]);
            }
        }
    }

    /** @param colours colour c becomes colours[c] */
    Key key(int transform, byte[] colours) {
        return new Key(lane(0, transform, colours), lane(1, transform, colours));
    }

    private long lane(int lane, int transform, byte[] colours) {
        long[] sums = cells[lane];
        long task = 0;
        for (int pair = 0; pair < pairs; pair++) {
            int at = transform * pairs + pair;
            long content = sizes[lane][at];
            for (int colour = 0; colour < COLOURS; colour++) {
                long sum = sums[at * COLOURS + colour];
                if (sum != 0) {
                    content += mixed(sum + (colours[colour] + 1) * 0xd1342543de82ef95L);
                }
            }
            // A sum over pairs forgets their order, as sorting does.
            task += mixed(content);
        }
        return task;
    }

    /** The finaliser of SplitMix64. */
    private static long mixed(long z) {
        long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }
}
