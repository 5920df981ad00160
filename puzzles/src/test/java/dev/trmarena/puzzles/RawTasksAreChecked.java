package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.arc.ArcRecipe.SplitOrder;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.TaskHash;
import dev.trmarena.puzzles.build.ArcPlan;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.BuildOfRawTasks;
import dev.trmarena.puzzles.build.BuildProgress;
import dev.trmarena.puzzles.build.NumpyRandom;
import dev.trmarena.puzzles.build.PlanArc;
import dev.trmarena.puzzles.build.SourceTask;
import dev.trmarena.puzzles.build.WriteArcDirectory;
import dev.trmarena.puzzles.build.WriteCompactSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw ARC tasks in their forms, what is wrong with them, and which of them are in two sets. */
class RawTasksAreChecked {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAIR = "{\"input\": [[1]], \"output\": [[2]]}";

    @TempDir
    Path folder;

    @Test
    void the_first_problems_are_told_with_file_task_and_cell() throws IOException {
        write("arc-agi_mine_challenges.json", """
                {"aa": {"train": [{"input": [[1, 2], [3]], "output": [[0]]}], "test": [{"input": [[1, 12]]}]},
                 "bb": {"train": [], "test": [{"input": [[1]]}, {"input": [[1]]}]},
                 "c|||c": {"train": [%s], "test": [{"input": [[true]]}]}}""".formatted(PAIR));
        write("arc-agi_mine_solutions.json", """
                {"aa": [[[4, 5], [-1, 0]]], "bb": [[[1]]], "c|||c": [[[1]]]}""");
        assertThatThrownBy(() -> read("mine", false))
                .isInstanceOf(InputProblem.class)
                .hasMessageContainingAll(
                        "arc-agi_mine_challenges.json, task aa, train 0, input, row 1: it has 1 cells, row 0 has 2",
                        "arc-agi_mine_challenges.json, task aa, test 0, input, row 0, column 1: 12 is no colour",
                        "arc-agi_mine_solutions.json, task aa, output 0, row 1, column 0: -1 is no colour",
                        "task bb, train: the list is empty",
                        "arc-agi_mine_solutions.json, task bb: it has 1 solutions for 2 test inputs",
                        "task 'c|||c': it is not a name",
                        "true is no colour");
    }

    /** Counted before any is drawn. */
    @Test
    void a_set_has_no_more_identifiers_than_are_imported() throws IOException {
        var tasks = new StringBuilder();
        for (int task = 0; task < 20; task++) {
            tasks.append(task == 0 ? "{" : ",")
                    .append("\"t")
                    .append(task)
                    .append("\": {\"train\": [" + PAIR + "], \"test\": [" + PAIR + "]}");
        }
        write("mine_challenges.json", tasks + "}");
        var recipe = new ArcRecipe(List.of("mine"), List.of("mine"), 100_000, 42, SplitOrder.TRAIN_TEST);
        assertThatThrownBy(() -> BuildOfRawTasks.build(folder, recipe, folder.resolve("out")))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("20 tasks with 100000 augmentations each may be 2000021 identifiers");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void a_name_must_be_unique() throws IOException {
        String task = "{\"train\": [" + PAIR + "], \"test\": [" + PAIR + "]}";
        write("mine_challenges.json", "{\"aa\": " + task + ",\n\"aa\": " + task + "}");
        assertThatThrownBy(() -> read("mine", false))
                .isInstanceOf(InputProblem.class)
                .hasMessageContainingAll("mine_challenges.json, line 2", "a name is there twice", "aa");
    }

    /** Published are underscores and hyphens, plain and packed. */
    @Test
    void names_as_they_occur() throws IOException {
        String challenges = "{\"aa\": {\"train\": [" + PAIR + "], \"test\": [{\"input\": [[1]]}]}}";
        write("arc-agi_mine-challenges.json", challenges);
        Path solutions = folder.resolve("arc-agi_mine-solutions.json.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(solutions))) {
            out.write("{\"aa\": [[[7]]]}".getBytes(StandardCharsets.UTF_8));
        }
        List<SourceTask> tasks = read("mine", false);
        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).task().tests().get(0).output().cell(0, 0)).isEqualTo(7);
        Path single = Files.createDirectories(folder.resolve("data/other")).resolve("bb.json.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(single))) {
            out.write(("{\"train\": [" + PAIR + "], \"test\": [" + PAIR + "]}").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read("other", false).get(0).task().name()).isEqualTo("bb");
    }

    @Test
    void solutions_are_there_or_the_set_is_marked() throws IOException {
        write("mine_challenges.json", "{\"aa\": {\"train\": [" + PAIR + "], \"test\": [{\"input\": [[1]]}]}}");
        assertThatThrownBy(() -> read("mine", false))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("mine_challenges.json, task aa, test 0: there is no solution");
        var recipe = new ArcRecipe(List.of("mine"), List.of("mine"), 2, 42, SplitOrder.TRAIN_TEST);
        try (ArcSource source = ArcSource.open(folder, "arc-agi", Map.of(), true)) {
            ArcPlan plan = PlanArc.plan(source, recipe, new NumpyRandom(42), BuildProgress.SILENT);
            assertThat(WriteCompactSet.write(plan, folder.resolve("out")).solutionsHidden())
                    .isTrue();
        }
    }

    @Test
    void the_demo_is_built_from_its_tasks() throws IOException {
        Path demo = demo();
        Path out = build(demo, "demo");
        try (Stream<Path> files = Files.walk(demo.resolve("dataset"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = demo.resolve("dataset").relativize(file);
                assertThat(out.resolve(name)).as(name.toString()).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void folders_and_zips_of_one_task_files_give_the_same_set() throws IOException {
        Path demo = demo();
        JsonNode challenges = JSON.readTree(demo.resolve("demo_challenges.json").toFile());
        JsonNode solutions = JSON.readTree(demo.resolve("demo_solutions.json").toFile());
        SortedMap<String, JsonNode> tasks = new TreeMap<>();
        for (var task : challenges.properties()) {
            for (int i = 0; i < task.getValue().path("test").size(); i++) {
                ((ObjectNode) task.getValue().path("test").get(i))
                        .set("output", solutions.path(task.getKey()).get(i));
            }
            tasks.put(task.getKey(), task.getValue());
        }
        write("demo_challenges.json", JSON.writeValueAsString(tasks));
        Path single = Files.createDirectories(folder.resolve("repository/data/demo"));
        Path zip = folder.resolve("tasks.zip");
        try (var inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path in = Files.createDirectories(inside.getPath("/repository/data/demo"));
            for (var task : tasks.entrySet()) {
                Files.writeString(
                        single.resolve(task.getKey() + ".json"), task.getValue().toString());
                Files.writeString(
                        in.resolve(task.getKey() + ".json"), task.getValue().toString());
            }
        }
        Path expected = build(folder, "demo");
        for (Path from : List.of(folder.resolve("repository"), zip)) {
            Path out = build(from, "demo");
            try (Stream<Path> files = Files.walk(expected)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(out.resolve(expected.relativize(file))).hasSameBinaryContentAs(file);
                }
            }
        }
    }

    private static Path demo() {
        return Path.of(System.getProperty("arena.root", "..")).resolve("demo/arc-style");
    }

    private Path build(Path from, String subset) throws IOException {
        Path out = folder.resolve("out-" + from.getFileName());
        var recipe = new ArcRecipe(List.of(subset), List.of(subset), 8, 42, SplitOrder.TRAIN_TEST);
        try (ArcSource source = ArcSource.open(from, "arc-agi", Map.of(), false)) {
            var random = new NumpyRandom(42);
            ArcPlan plan = PlanArc.plan(source, recipe, random, BuildProgress.SILENT);
            new WriteArcDirectory(plan, random, out, BuildProgress.SILENT).write();
        }
        return out;
    }

    /** The published checkpoints have embeddings of just these sizes. */
    @Test
    void the_published_recipes_have_the_published_numbers_of_identifiers() throws IOException {
        Path tasks = Golden.arcTasks();
        assertThat(identifiers(tasks, List.of("training", "evaluation", "concept"), "evaluation"))
                .isEqualTo(876_406);
        assertThat(identifiers(tasks, List.of("training2", "evaluation2", "concept"), "evaluation2"))
                .isEqualTo(1_191_730);
    }

    private static int identifiers(Path tasks, List<String> subsets, String test) throws IOException {
        var recipe = new ArcRecipe(subsets, List.of(test), 1000, 42, SplitOrder.TRAIN_TEST);
        try (ArcSource source = ArcSource.open(tasks, "arc-agi", Map.of(), false)) {
            return PlanArc.plan(source, recipe, new NumpyRandom(42), BuildProgress.SILENT)
                    .identifierCount();
        }
    }

    @Test
    void tasks_that_two_sets_share() throws IOException {
        Path tasks = Golden.arcTasks();
        try (ArcSource source = ArcSource.open(tasks, "arc-agi", Map.of(), false)) {
            List<ArcTask> evaluation = tasks(source, "evaluation");
            assertThat(TaskHash.shared(tasks(source, "evaluation2"), evaluation))
                    .containsExactlyInAnyOrder("0934a4d8", "136b0064", "16b78196", "981571dc", "aa4ec2a5", "da515329");
            List<ArcTask> training2 = tasks(source, "training2");
            // 376 by name; ac0c5833 was changed since, so its content is another.
            List<String> names = training2.stream().map(ArcTask::name).toList();
            List<String> byName = evaluation.stream()
                    .map(ArcTask::name)
                    .filter(names::contains)
                    .toList();
            assertThat(byName).hasSize(376);
            assertThat(TaskHash.shared(evaluation, training2))
                    .hasSize(375)
                    .doesNotContain("ac0c5833")
                    .isSubsetOf(byName);
            // One of them ARC-AGI-1 gave away itself, under another name.
            List<String> inOwnTraining = TaskHash.shared(evaluation, tasks(source, "training"));
            assertThat(inOwnTraining).containsExactly("070dd51e");
            List<String> onlyInNewTraining = new ArrayList<>(TaskHash.shared(evaluation, training2));
            onlyInNewTraining.removeAll(inOwnTraining);
            assertThat(onlyInNewTraining).hasSize(374);
        }
    }

    private static List<ArcTask> tasks(ArcSource source, String subset) throws IOException {
        return source.read(subset).stream().map(SourceTask::task).toList();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private List<SourceTask> read(String subset, boolean allowMissing) throws IOException {
        try (ArcSource source = ArcSource.open(folder, "arc-agi", Map.of(), allowMissing)) {
            return source.read(subset);
        }
    }
}
