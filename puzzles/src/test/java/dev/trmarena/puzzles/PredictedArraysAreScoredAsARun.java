package dev.trmarena.puzzles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.answers.AnsweredTasks;
import dev.trmarena.puzzles.answers.PackPredictions;
import dev.trmarena.puzzles.answers.ScoreAnswers;
import dev.trmarena.puzzles.answers.ScoredAnswers;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.PredictionArrays;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.set.LooseArcSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions of a network, as NumPy saves them, vote for their tasks and are ranked as those of a run; or what is wrong is told by its place. */
class PredictedArraysAreScoredAsARun {
    @TempDir
    Path folder;

    /** The authors' evaluator was given them in an order of its own. */
    @Test
    void the_authors_arrays_give_the_authors_scores() throws IOException {
        Path golden = Golden.folder("arc_eval/dev");
        PuzzleSet set =
                LooseArcSet.open(golden, golden.resolve("puzzle_identifiers.npy"), golden.resolve("inputs.npy"));
        ScoredAnswers scored = scored(set, golden);
        JsonNode expected = new ObjectMapper()
                .readTree(golden.resolve("expected_metrics.json").toFile());
        for (int k : new int[] {1, 2, 5, 10, 100}) {
            assertThat(scored.sheet().metrics().get("pass@" + k))
                    .as("pass@%s", k)
                    .isEqualTo(expected.findValue("ARC/pass@" + k).asDouble());
        }
    }

    @Test
    void in_the_order_of_the_set_they_need_no_identifiers() throws IOException {
        Path golden = Golden.folder("demo/arc-style");
        PuzzleSet set = open(golden.resolve("dataset"));
        ScoreSheet run = run(set, golden);
        Path given = Files.createDirectory(folder.resolve("given"));
        Files.copy(golden.resolve("expected_preds.npy"), given.resolve("preds.npy"));
        Files.copy(golden.resolve("expected_q_halt_logits.npy"), given.resolve("q_halt.npy"));
        ScoredAnswers back = scored(set, given);
        assertThat(outputs(back)).isEqualTo(run.outputs());
        assertThat(back.sheet().metrics()).isEqualTo(run.metrics());
        assertThat(back.report().missing()).isZero();
    }

    /** The tasks the other way round, and a batch that was filled up. */
    @Test
    void by_their_identifiers_they_come_in_any_order() throws IOException {
        Path golden = Golden.folder("demo/arc-style");
        PuzzleSet set = open(golden.resolve("dataset"));
        ScoreSheet run = run(set, golden);
        List<Integer> order = IntStream.range(0, set.exampleCount()).boxed().collect(Collectors.toList());
        order.sort(Comparator.comparing((Integer example) -> Objects.requireNonNull(set.taskOf(example)))
                .reversed());
        Path given = given("given", set, golden, order);
        Path packed = folder.resolve("given.npz");
        PackPredictions.pack(given, packed);
        for (Path source : List.of(given, packed)) {
            ScoredAnswers back = scored(set, source);
            assertThat(outputs(back)).isEqualTo(run.outputs());
            assertThat(run.metrics()).containsAllEntriesOf(back.sheet().metrics());
            assertThat(back.sheet().metrics()).containsKeys("pass@2", "kaggle", "strict", "pass@1000");
        }
        byte[] before = Files.readAllBytes(packed);
        PackPredictions.pack(given, packed);
        assertThat(packed).as("the same folder is the same file").hasBinaryContent(before);
    }

    /** What nobody predicted is wrong, and told of. */
    @Test
    void tasks_without_predictions_are_missing() throws IOException {
        Path golden = Golden.folder("demo/arc-style");
        PuzzleSet set = open(golden.resolve("dataset"));
        List<Integer> first = IntStream.range(0, set.exampleCount())
                .filter(example -> Integer.valueOf(0).equals(set.taskOf(example)))
                .boxed()
                .collect(Collectors.toList());
        ScoredAnswers back = scored(set, given("given", set, golden, first));
        assertThat(back.report().missing()).isEqualTo(back.report().outputs() - set.outputCount(0));
        assertThat(back.sheet().metrics().get("pass@2")).isLessThanOrEqualTo(1.0 / set.taskCount());
    }

    /** numpy.savez of preds and q_halt_logits. */
    @Test
    void an_archive_is_read_as_numpy_writes_it() throws IOException {
        Path archive = folder.resolve("two-sudokus.npz");
        try (InputStream resource = Objects.requireNonNull(getClass().getResourceAsStream("/two-sudokus.npz"))) {
            Files.copy(resource, archive);
        }
        ScoredAnswers scored = scored(sudokus(), archive);
        assertThat(scored.sheet().metrics())
                .containsEntry("exact_accuracy", 0.5)
                .containsEntry("accuracy", (15 / 16.0 + 1) / 2)
                .containsEntry("q_halt_accuracy", 0.0);
        assertThat(outputs(scored)).hasSize(2);
    }

    @Test
    void what_does_not_fit_is_refused_by_array_example_and_cell() throws IOException {
        Path golden = Golden.folder("demo/arc-style");
        PuzzleSet set = open(golden.resolve("dataset"));
        int all = set.exampleCount();
        List<Integer> order = IntStream.range(0, all).boxed().collect(Collectors.toList());
        Path given = given("given", set, golden, order);
        refused(set, given, "puzzle_identifiers", new int[] {0, 1, 2}, "inputs.npy", "shape [" + (all + 2) + ", 900]");
        int[] identifiers = ints(given.resolve("puzzle_identifiers.npy"));
        identifiers[3] = 1_900_000;
        refused(
                set,
                given,
                "puzzle_identifiers",
                identifiers,
                "puzzle_identifiers.npy, example 3",
                "which no example of the puzzle set has");
        order.addAll(List.copyOf(order));
        assertThatThrownBy(() -> scored(set, given("twice", set, golden, order)))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("puzzle_identifiers.npy")
                .hasMessageContaining("it has " + 2 * all + " examples beside padding, the puzzle set has " + all);
        int[] inputs = ints(given.resolve("inputs.npy"));
        inputs[900 * 2 + 5] = 12;
        Npy.writeInt32(given.resolve("inputs.npy"), inputs, all + 2, 900);
        assertThatThrownBy(() -> scored(set, given))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("inputs.npy, example 2, cell 5: token 12");
        Files.delete(given.resolve("inputs.npy"));
        assertThatThrownBy(() -> scored(set, given)).hasMessageContaining("puzzle_identifiers in it, but no inputs");
        Files.delete(given.resolve("puzzle_identifiers.npy"));
        assertThatThrownBy(() -> scored(set, given))
                .hasMessageContaining("preds.npy")
                .hasMessageContaining("shape [" + (all + 2) + ", 900]; integers of shape [" + all + ", 900]");
        Files.delete(given.resolve("q_halt_logits.npy"));
        assertThatThrownBy(() -> scored(set, given)).hasMessageContaining("there is no q_halt_logits in it");
    }

    @Test
    void an_archive_of_another_kind_is_refused() throws IOException {
        PuzzleSet set = sudokus();
        assertRefused(set, "text".getBytes(UTF_8), "there is no preds in it");
        assertRefused(set, zip(ZipEntry.DEFLATED, "preds.npy"), "'preds.npy': it is compressed");
        assertRefused(set, zip(ZipEntry.STORED, "other.npy", "preds.npy"), "there is no q_halt_logits in it");
        byte[] whole = zip(ZipEntry.STORED, "preds.npy", "q_halt_logits.npy");
        assertRefused(set, whole, "preds.npy: it is not a .npy file");
        assertRefused(set, Arrays.copyOf(whole, 45), "it is no archive as NumPy writes it");
    }

    /** Sudokus in another order are other Sudokus. */
    @Test
    void inputs_of_other_puzzles_are_noticed() throws IOException {
        PuzzleSet set = sudokus();
        Path given = Files.createDirectory(folder.resolve("given"));
        Npy.writeInt32(given.resolve("preds.npy"), new int[32], 2, 16);
        Npy.writeFloat32(given.resolve("q_halt.npy"), new float[2], 2);
        Npy.writeInt32(given.resolve("puzzle_identifiers.npy"), new int[2], 2);
        int[] inputs = IntStream.concat(IntStream.of(set.input(0)), IntStream.of(set.input(1)))
                .toArray();
        Npy.writeInt32(given.resolve("inputs.npy"), inputs, 2, 16);
        assertThat(scored(set, given).sheet().metrics()).containsEntry("exact_accuracy", 0.0);
        inputs[20]++;
        Npy.writeInt32(given.resolve("inputs.npy"), inputs, 2, 16);
        assertThatThrownBy(() -> scored(set, given))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("inputs.npy, example 1: it is not the puzzle that the set has at this place");
    }

    private void refused(PuzzleSet set, Path given, String array, int[] values, String... told) throws IOException {
        Path file = given.resolve(array + ".npy");
        byte[] before = Files.readAllBytes(file);
        Npy.writeInt32(file, values, values.length);
        assertThatThrownBy(() -> scored(set, given))
                .isInstanceOf(InputProblem.class)
                .hasMessageContainingAll(told);
        Files.write(file, before);
    }

    private void assertRefused(PuzzleSet set, byte[] archive, String told) throws IOException {
        Path file = Files.write(folder.resolve("given.npz"), archive);
        assertThatThrownBy(() -> scored(set, file))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining(told);
    }

    private byte[] zip(int method, String... names) throws IOException {
        Path file = folder.resolve("made.zip");
        byte[] content = "no array".getBytes(UTF_8);
        var crc = new CRC32();
        crc.update(content);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                var entry = new ZipEntry(name);
                entry.setMethod(method);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        }
        return Files.readAllBytes(file);
    }

    /** The predictions of these examples of a case, in this order, with padding at the beginning and at the end. */
    private Path given(String name, PuzzleSet set, Path golden, List<Integer> examples) throws IOException {
        List<Integer> padded = new ArrayList<>(examples);
        padded.add(0, null);
        padded.add(null);
        int length = set.manifest().seqLen();
        NpyArray tokens = Npy.open(golden.resolve("expected_preds.npy"));
        NpyArray halts = Npy.open(golden.resolve("expected_q_halt_logits.npy"));
        int[] preds = new int[padded.size() * length];
        int[] inputs = new int[preds.length];
        int[] identifiers = new int[padded.size()];
        float[] qHalts = new float[padded.size()];
        for (int row = 0; row < padded.size(); row++) {
            Integer example = padded.get(row);
            if (example == null) {
                continue;
            }
            identifiers[row] = set.puzzleIdentifier(example);
            qHalts[row] = halts.floatAt(example);
            System.arraycopy(set.input(example), 0, inputs, row * length, length);
            for (int i = 0; i < length; i++) {
                preds[row * length + i] = (int) tokens.longAt((long) example * length + i);
            }
        }
        Path given = Files.createDirectory(folder.resolve(name));
        Npy.writeInt32(given.resolve("preds.npy"), preds, padded.size(), length);
        Npy.writeInt32(given.resolve("inputs.npy"), inputs, padded.size(), length);
        Npy.writeInt32(given.resolve("puzzle_identifiers.npy"), identifiers, identifiers.length);
        Npy.writeFloat32(given.resolve("q_halt_logits.npy"), qHalts, qHalts.length);
        return given;
    }

    private static int[] ints(Path file) throws IOException {
        NpyArray array = Npy.open(file);
        return IntStream.range(0, (int) array.count())
                .map(i -> (int) array.longAt(i))
                .toArray();
    }

    private static ScoreSheet run(PuzzleSet set, Path golden) throws IOException {
        return Scoring.of(set)
                .score(new PredictionArrays(
                        set, golden.resolve("expected_preds.npy"), golden.resolve("expected_q_halt_logits.npy")));
    }

    private PuzzleSet sudokus() throws IOException {
        return open(Files.writeString(folder.resolve("two.csv"), """
                source,question,answer,rating
                a,1234341221434320,1234341221434321,1
                a,2143432112343410,2143432112343412,1
                """));
    }

    private PuzzleSet open(Path source) {
        var imported = PuzzleSetImport.read(source, null, folder.resolve("dataset.arrays"));
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    /** Read when what was unpacked is gone again, as a service does it. */
    private ScoredAnswers scored(PuzzleSet set, Path source) throws IOException {
        Path scratch = folder.resolve("unpacked");
        try {
            return ScoreAnswers.score(AnsweredTasks.of(set), source, scratch, false);
        } finally {
            if (Files.exists(scratch)) {
                try (var files = Files.list(scratch)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private static List<OutputResult> outputs(ScoredAnswers scored) {
        List<OutputResult> list = new ArrayList<>();
        scored.outputs().each(list::add);
        list.sort(Comparator.comparingInt(OutputResult::task).thenComparingInt(OutputResult::output));
        return list;
    }
}
