package dev.trmarena.puzzles.build;

import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ArcRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A compact set of raw ARC tasks that somebody sent: it takes no more than a set that is imported may. */
public final class BuildOfRawTasks {
    /** How the names of the published files begin. */
    public static final String PREFIX = "arc-agi";

    private BuildOfRawTasks() {}

    /**
     * @param raw a folder, as {@link ArcSource} reads it
     * @param compact gets the files of the set
     * @throws InputProblem when a subset is missing or not sound, or they are more than a set has
     */
    public static void build(Path raw, ArcRecipe recipe, Path compact) throws IOException {
        try (ArcSource source = ArcSource.open(raw, PREFIX, Map.of(), false)) {
            long tasks = 0;
            for (String subset : recipe.subsets()) {
                tasks += source.read(subset).size();
            }
            // Before any is drawn.
            long identifiers = 1 + tasks * (recipe.augmentations() + 1L);
            if (identifiers > ReadLimits.IDENTIFIERS) {
                throw new InputProblem(
                        String.join(", ", recipe.subsets()),
                        null,
                        tasks + " tasks with " + recipe.augmentations() + " augmentations each may be " + identifiers
                                + " identifiers, a set has at most " + ReadLimits.IDENTIFIERS,
                        "Take fewer augmentations, or fewer subsets.");
            }
            var random = new NumpyRandom(recipe.seed());
            WriteCompactSet.write(PlanArc.plan(source, recipe, random, BuildProgress.SILENT), compact);
        }
    }
}
