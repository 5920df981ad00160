package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.build.ArcPlan.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Draws the augmentations of every task. Source: the authors' {@code build_arc_dataset.py}; {@code docs/scoring.md}, section 3.
 * The order of the draws is what makes two builds equal.
 */
public final class PlanArc {
    private static final int TRANSFORMS = 8;
    private static final int COLOURS = 10;

    private PlanArc() {}

    /**
     * @param random freshly seeded with the recipe's seed; afterwards it stands where the writing of the arrays goes on with it
     * @throws dev.trmarena.puzzles.InputProblem when a subset is missing or not sound
     */
    public static ArcPlan plan(ArcSource source, ArcRecipe recipe, NumpyRandom random, BuildProgress progress)
            throws IOException {
        List<List<SourceTask>> subsets = new ArrayList<>();
        for (String subset : recipe.subsets()) {
            progress.at("reading", subsets.size() / (double) recipe.subsets().size(), subset);
            subsets.add(source.read(subset));
        }
        int all = subsets.stream().mapToInt(List::size).sum();
        var groups = new ArrayList<Group>();
        for (int s = 0; s < subsets.size(); s++) {
            boolean test = recipe.testSets().contains(recipe.subsets().get(s));
            List<SourceTask> tasks = subsets.get(s);
            for (int place : random.permutation(tasks.size())) {
                SourceTask task = tasks.get(place);
                long[] codes = codes(task, recipe.augmentations(), random);
                groups.add(new Group(task, test, codes, new int[codes.length]));
                progress.at("augmenting", groups.size() / (double) all, groups.size() + " of " + all + " tasks");
            }
        }
        return new ArcPlan(recipe, source.solutionsMissing(), groups);
    }

    /** The original and its augmentations: of every look only the first. */
    static long[] codes(SourceTask task, int wanted, NumpyRandom random) {
        long[] codes = new long[wanted + 1];
        codes[0] = Augmentation.ORIGINAL;
        int made = 1;
        if (wanted > 0) {
            var content = new SameContent(task.allPairs());
            Set<SameContent.Key> seen = new HashSet<>();
            seen.add(content.key(0, Augmentation.coloursOf(Augmentation.ORIGINAL)));
            byte[] colours = new byte[COLOURS];
            int[] shuffled = new int[COLOURS - 1];
            for (int trial = 0; trial < ArcRecipe.TRIES * wanted && made <= wanted; trial++) {
                int transform = random.randint(TRANSFORMS);
                for (int c = 1; c < COLOURS; c++) {
                    shuffled[c - 1] = c;
                }
                random.shuffle(shuffled);
                for (int c = 1; c < COLOURS; c++) {
                    colours[c] = (byte) shuffled[c - 1];
                }
                if (seen.add(content.key(transform, colours))) {
                    codes[made++] = Augmentation.codeOf(transform, colours);
                }
            }
        }
        return Arrays.copyOf(codes, made);
    }
}
