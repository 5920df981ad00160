package dev.trmarena.puzzles.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.ArcTask.Pair;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.TaskHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast keys tell augmentations apart exactly where the authors' SHA-256 of all pairs does. */
class SameContentIsSameHash {
    private static final int TRIALS = 400;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void in_both_directions(int colourCount) {
        var random = new Random(colourCount);
        boolean met = false;
        for (int round = 0; round < 6; round++) {
            ArcTask task = task(random, colourCount, 1 + round % 3);
            List<Pair> pairs = new SourceTask(task, false).allPairs();
            var content = new SameContent(pairs);
            var numpy = new NumpyRandom(round);
            Map<String, SameContent.Key> keyOfHash = new HashMap<>();
            Map<SameContent.Key, String> hashOfKey = new HashMap<>();
            for (int trial = 0; trial < TRIALS; trial++) {
                int transform = numpy.randint(8);
                int[] permuted = numpy.permutation(9);
                byte[] colours = new byte[10];
                for (int c = 0; c < 9; c++) {
                    colours[c + 1] = (byte) (permuted[c] + 1);
                }
                String hash = TaskHash.of(applied(task, Augmentation.of("", Augmentation.codeOf(transform, colours))));
                SameContent.Key key = content.key(transform, colours);
                String context = "colours " + colourCount + ", round " + round + ", trial " + trial;
                met |= keyOfHash.containsKey(hash);
                assertThat(keyOfHash.computeIfAbsent(hash, first -> key))
                        .as(context)
                        .isEqualTo(key);
                assertThat(hashOfKey.computeIfAbsent(key, first -> hash))
                        .as(context)
                        .isEqualTo(hash);
            }
        }
        assertThat(met)
                .as("an augmentation came twice, so that this test sees both cases")
                .isTrue();
    }

    /** Small grids: many augmentations look the same, or become another pair of the task. */
    private static ArcTask task(Random random, int colours, int size) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            pairs.add(new Pair(grid(random, colours, size), grid(random, colours, 1 + i)));
        }
        return new ArcTask("", pairs.subList(0, 2), pairs.subList(2, 3));
    }

    private static Grid grid(Random random, int colours, int rows) {
        int columns = 1 + random.nextInt(3);
        byte[] cells = new byte[rows * columns];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (byte) random.nextInt(colours + 1);
        }
        return new Grid(rows, columns, cells);
    }

    private static ArcTask applied(ArcTask task, Augmentation augmentation) {
        return new ArcTask("", applied(task.demonstrations(), augmentation), applied(task.tests(), augmentation));
    }

    private static List<Pair> applied(List<Pair> pairs, Augmentation augmentation) {
        return pairs.stream()
                .map(pair -> new Pair(augmentation.apply(pair.input()), augmentation.apply(pair.output())))
                .toList();
    }
}
