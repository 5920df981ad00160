package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.build.ArcPlan;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.BuildProgress;
import dev.trmarena.puzzles.build.NumpyRandom;
import dev.trmarena.puzzles.build.PlanArc;
import dev.trmarena.puzzles.build.WriteArcDirectory;
import dev.trmarena.puzzles.build.WriteCompactSet;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import dev.trmarena.puzzles.set.SetDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An ARC set of a recipe, as the authors' directory or in compact form. */
public final class BuildArcSet {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Left free on the disk beside the arrays. */
    private static final long SPARE_BYTES = 256L << 20;

    private final ArcSource source;
    private final ArcRecipe recipe;
    private final BuildProgress progress;

    public BuildArcSet(ArcSource source, ArcRecipe recipe, BuildProgress progress) {
        this.source = source;
        this.recipe = recipe;
        this.progress = progress;
    }

    /** @return what was built: tasks, identifiers, examples */
    public ObjectNode directory(Path out) throws IOException {
        var random = new NumpyRandom(recipe.seed());
        ArcPlan plan = PlanArc.plan(source, recipe, random, progress);
        long needed = WriteArcDirectory.bytes(plan) + SPARE_BYTES;
        long free = Files.getFileStore(out).getUsableSpace();
        if (needed > free) {
            throw new ArenaProblem(
                    "there is not enough room on the disk",
                    out.toString(),
                    null,
                    "the arrays need " + needed + " bytes, " + free + " are free",
                    "choose another disk, or build the compact form (--compact)");
        }
        WriteArcDirectory.ExampleCounts written = new WriteArcDirectory(plan, random, out, progress).write();
        ObjectNode answer = answer(plan);
        answer.put("trainExamples", written.trainExamples()).put("testExamples", written.testExamples());
        return answer;
    }

    /** @return as {@link #directory}, with the digest that the set will have */
    public ObjectNode compact(Path out) throws IOException {
        ArcPlan plan = PlanArc.plan(source, recipe, new NumpyRandom(recipe.seed()), progress);
        PuzzleSetManifest manifest = WriteCompactSet.write(plan, out);
        ObjectNode answer = answer(plan);
        answer.put("testExamples", manifest.exampleCount());
        answer.put("digest", SetDigest.of(new ImportedSet(manifest, files(out))));
        return answer;
    }

    private static Map<String, Path> files(Path out) {
        return Map.of(
                PuzzleSetManifest.TEST_PUZZLES, out.resolve(PuzzleSetManifest.TEST_PUZZLES),
                PuzzleSetManifest.IDENTIFIERS, out.resolve(PuzzleSetManifest.IDENTIFIERS),
                PuzzleSetManifest.PUZZLES, out.resolve(PuzzleSetManifest.PUZZLES));
    }

    private static ObjectNode answer(ArcPlan plan) {
        ObjectNode answer = JSON.createObjectNode()
                .put("kind", PuzzleKind.ARC.key())
                .put("tasks", plan.taskCount())
                .put("identifiers", plan.identifierCount())
                .put("solutionsHidden", plan.solutionsHidden());
        ObjectNode few = answer.putObject(BuildCommand.FEWER);
        plan.notFull().forEach(few::put);
        return answer;
    }
}
