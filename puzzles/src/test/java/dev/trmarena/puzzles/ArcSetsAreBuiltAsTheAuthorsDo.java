package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.arc.ArcRecipe.SplitOrder;
import dev.trmarena.puzzles.build.ArcPlan;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.BuildProgress;
import dev.trmarena.puzzles.build.NumpyRandom;
import dev.trmarena.puzzles.build.PlanArc;
import dev.trmarena.puzzles.build.WriteArcDirectory;
import dev.trmarena.puzzles.build.WriteCompactSet;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file of an ARC dataset directory equals the one that the authors' builder writes, to the byte. */
class ArcSetsAreBuiltAsTheAuthorsDo {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "arc1_aug3_seed42, TRAIN_TEST",
        "arc1_aug3_seed42, TEST_TRAIN",
        "arc2_aug2_seed42, TRAIN_TEST",
        "concept_aug20_seed7_trainfirst, TRAIN_TEST",
        "concept_aug20_seed7_testfirst, TEST_TRAIN"
    })
    void every_digest(String name, SplitOrder order) throws IOException {
        Path tasks = Golden.arcTasks();
        JsonNode expected = JSON.readTree(
                Golden.folder("arc_dataset").resolve(name + ".json").toFile());
        ArcPlan plan = build(tasks, "arc-agi", recipe(expected, order), folder.resolve("out"));
        assertThat(plan.notFull()).isEmpty();
        for (var file : expected.required("files").properties()) {
            Path written = folder.resolve("out").resolve(file.getKey());
            assertThat(new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(written))
                    .as(file.getKey())
                    .isEqualTo(file.getValue().required("sha256").textValue());
        }
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSize(expected.required("files").size());
        }
    }

    @Test
    void identifiers_of_the_concept_set() throws IOException {
        Path tasks = Golden.arcTasks();
        Path golden = Golden.folder("arc_dataset");
        JsonNode expected = JSON.readTree(
                golden.resolve("concept_aug20_seed7_trainfirst.json").toFile());
        build(tasks, "arc-agi", recipe(expected, SplitOrder.TRAIN_TEST), folder.resolve("out"));
        try (var packed =
                new GZIPInputStream(Files.newInputStream(golden.resolve("concept_aug20_seed7_identifiers.json.gz")))) {
            assertThat(Files.readAllBytes(folder.resolve("out/identifiers.json")))
                    .isEqualTo(packed.readAllBytes());
        }
    }

    @Test
    void the_set_of_a_trained_checkpoint() throws IOException {
        Path golden = Golden.folder("trained/arc_easy14");
        var recipe = new ArcRecipe(List.of("easy"), List.of("easy"), 8, 42, SplitOrder.TEST_TRAIN);
        build(golden.resolve("raw"), "arc-agi", recipe, folder.resolve("out"));
        try (Stream<Path> files = Files.walk(golden.resolve("dataset"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = golden.resolve("dataset").relativize(file);
                assertThat(folder.resolve("out").resolve(name))
                        .as(name.toString())
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"arc1_aug3_seed42", "arc2_aug2_seed42", "concept_aug20_seed7_testfirst"})
    void a_compact_set_yields_the_examples_of_the_directory_in_the_same_order(String name) throws IOException {
        Path tasks = Golden.arcTasks();
        JsonNode expected = JSON.readTree(
                Golden.folder("arc_dataset").resolve(name + ".json").toFile());
        ArcRecipe recipe = recipe(expected, SplitOrder.TEST_TRAIN);
        ArcPlan plan = build(tasks, "arc-agi", recipe, folder.resolve("out"));
        WriteCompactSet.write(plan, folder.resolve("compact"));
        ImportedSet compactFiles = PuzzleSetImport.read(folder.resolve("compact"), null, folder.resolve("arrays1"));
        ImportedSet storedFiles = PuzzleSetImport.read(folder.resolve("out"), null, folder.resolve("arrays2"));
        assertThat(compactFiles.manifest().recipe()).isEqualTo(recipe);
        assertThat(compactFiles.files()).doesNotContainKey("inputs.npy");
        PuzzleSet compact = open(compactFiles);
        PuzzleSet stored = open(storedFiles);
        assertThat(compact.exampleCount()).isEqualTo(stored.exampleCount());
        assertThat(compact.taskCount()).isEqualTo(stored.taskCount());
        for (int example = 0; example < stored.exampleCount(); example++) {
            assertThat(compact.input(example)).as("input %s", example).isEqualTo(stored.input(example));
            assertThat(compact.label(example)).as("label %s", example).isEqualTo(stored.label(example));
            assertThat(compact.puzzleIdentifier(example)).isEqualTo(stored.puzzleIdentifier(example));
            assertThat(compact.taskOf(example)).isEqualTo(stored.taskOf(example));
            assertThat(compact.augmentationOrdinal(example)).isEqualTo(stored.augmentationOrdinal(example));
        }
    }

    /** The digest of a set is that of this text: sets from before there were compact ones must keep theirs. */
    @Test
    void the_manifest_of_a_stored_set_stays_as_it_was() {
        var manifest = PuzzleSetManifest.stored(PuzzleKind.SUDOKU, 81, 11, 1, 0, 300, 300, 9)
                .withArtifacts(Map.of("labels.npy", "bb", "inputs.npy", "aa"));
        assertThat(new String(manifest.toJson(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"kind\":\"SUDOKU\",\"seqLen\":81,\"vocabSize\":11,\"identifierCount\":1,\"ignoreLabel\":0,"
                                + "\"exampleCount\":300,\"taskCount\":300,\"side\":9,"
                                + "\"artifacts\":{\"inputs.npy\":\"aa\",\"labels.npy\":\"bb\"}}");
        assertThat(PuzzleSetManifest.fromJson(manifest.toJson())).isEqualTo(manifest);
    }

    private static PuzzleSet open(ImportedSet imported) {
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    private static ArcRecipe recipe(JsonNode expected, SplitOrder order) {
        List<String> subsets = StreamSupport.stream(expected.required("subsets").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
        return new ArcRecipe(
                subsets,
                List.of(expected.required("test_set_name").textValue()),
                expected.required("num_aug").intValue(),
                expected.required("seed").longValue(),
                order);
    }

    private static ArcPlan build(Path from, String prefix, ArcRecipe recipe, Path out) throws IOException {
        try (ArcSource source = ArcSource.open(from, prefix, Map.of(), false)) {
            var random = new NumpyRandom(recipe.seed());
            ArcPlan plan = PlanArc.plan(source, recipe, random, BuildProgress.SILENT);
            new WriteArcDirectory(plan, random, out, BuildProgress.SILENT).write();
            return plan;
        }
    }
}
