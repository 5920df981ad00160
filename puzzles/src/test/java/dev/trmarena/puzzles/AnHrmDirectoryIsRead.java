package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.score.PredictionArrays;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.set.LooseArcSet;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HRM's builder joins the parts of a name by an underscore, and leaves the tasks themselves out: its sets are scored all the same. */
class AnHrmDirectoryIsRead {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path demo = Golden.folder("demo/arc-style");

    @TempDir
    Path folder;

    private Path hrm;

    @BeforeEach
    void the_demo_as_hrm_builds_it() throws IOException {
        hrm = folder.resolve("hrm");
        try (Stream<Path> files = Files.walk(demo.resolve("dataset/test"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = hrm.resolve(demo.resolve("dataset").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        var description =
                (ObjectNode) JSON.readTree(hrm.resolve("test/dataset.json").toFile());
        description.remove("total_puzzles");
        JSON.writeValue(hrm.resolve("test/dataset.json").toFile(), description);
        names("|||", "_");
    }

    private void names(String between, String instead) throws IOException {
        var names = (ArrayNode)
                JSON.readTree(demo.resolve("dataset/identifiers.json").toFile());
        for (int i = 0; i < names.size(); i++) {
            names.set(i, JSON.getNodeFactory().textNode(names.get(i).textValue().replace(between, instead)));
        }
        JSON.writeValue(hrm.resolve("identifiers.json").toFile(), names);
    }

    @Test
    void its_augmentations_vote_and_the_scores_are_those_of_the_whole_directory() throws IOException {
        ImportedSet imported = PuzzleSetImport.read(hrm, null, folder.resolve("arrays"));
        assertThat(imported.manifest().kind()).isEqualTo(PuzzleKind.ARC);
        assertThat(imported.warnings())
                .singleElement()
                .asString()
                .contains("no test_puzzles.json", "HRM", "demonstrations", "puzzles build");
        PuzzleSet set = open(imported);
        ImportedSet authors = PuzzleSetImport.read(demo.resolve("dataset"), null, folder.resolve("authors"));
        assertThat(authors.warningCount()).isZero();
        PuzzleSet whole = open(authors);
        assertThat(set.taskCount()).isEqualTo(whole.taskCount());
        for (int example = 0; example < whole.exampleCount(); example++) {
            Augmentation augmentation =
                    Objects.requireNonNull(set.augmented(example).orElseThrow().augmentation());
            Augmentation authorsWay = Objects.requireNonNull(
                    whole.augmented(example).orElseThrow().augmentation());
            assertThat(augmentation.transform()).isEqualTo(authorsWay.transform());
            assertThat(augmentation.colours()).isEqualTo(authorsWay.colours());
            assertThat(set.taskName(Objects.requireNonNull(set.taskOf(example))))
                    .isEqualTo(whole.taskName(Objects.requireNonNull(whole.taskOf(example))));
        }
        ScoreSheet expected = scored(whole);
        assertThat(expected.metrics().get("pass@2")).isPositive();
        assertThat(scored(set).metrics()).isEqualTo(expected.metrics());
        assertThat(set.demonstrations(0)).isEmpty();
    }

    @Test
    void with_the_tasks_beside_it_nothing_is_missing() throws IOException {
        Files.copy(demo.resolve("dataset/test_puzzles.json"), hrm.resolve("test_puzzles.json"));
        ImportedSet imported = PuzzleSetImport.read(hrm, null, folder.resolve("arrays"));
        assertThat(imported.warnings()).isEmpty();
        assertThat(open(imported).demonstrations(0)).isNotEmpty();
    }

    @Test
    void what_is_missing_is_named() throws IOException {
        Files.delete(hrm.resolve("identifiers.json"));
        refused("identifiers.json", "missing");
        // Variants of its builder write a hash of the colours.
        names("|||", "_");
        var names = (ArrayNode) JSON.readTree(hrm.resolve("identifiers.json").toFile());
        String augmented = names.get(2).textValue();
        names.set(2, JSON.getNodeFactory().textNode(augmented.replaceAll("_\\d{10}$", "_-8412356712345678901")));
        JSON.writeValue(hrm.resolve("identifiers.json").toFile(), names);
        refused("name 2", "by a hash", "cannot be turned back");
        names.set(2, JSON.getNodeFactory().textNode(augmented));
        names.set(1, JSON.getNodeFactory().textNode(names.get(1).textValue() + "_t3_0213456789"));
        JSON.writeValue(hrm.resolve("identifiers.json").toFile(), names);
        refused("no example shows it without an augmentation", "test_puzzles.json");
        assertThatThrownBy(() -> LooseArcSet.open(
                        hrm, hrm.resolve("test/all__puzzle_identifiers.npy"), hrm.resolve("test/all__inputs.npy")))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("test_puzzles.json");
    }

    @Test
    void both_manners_of_a_name_tell_the_same() {
        assertThat(Augmentation.codeOf("007bbfb7_t3_0213456789"))
                .isEqualTo(Augmentation.codeOf("007bbfb7|||t3|||0213456789"));
        assertThat(Augmentation.taskOf("007bbfb7_t3_0213456789")).isEqualTo("007bbfb7");
        for (String original : new String[] {"a_b_t1", "a_t8_0123456789", "t3_0123456789", "a_t1_name"}) {
            assertThat(Augmentation.codeOf(original)).as(original).isEqualTo(Augmentation.ORIGINAL);
            assertThat(Augmentation.taskOf(original)).isEqualTo(original);
        }
        assertThatThrownBy(() -> Augmentation.codeOf("a_t3_0123456788")).hasMessageContaining("permutation");
        assertThatThrownBy(() -> Augmentation.codeOf("a_t3_012345678")).hasMessageContaining("hash");
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> PuzzleSetImport.read(hrm, null, folder.resolve("refused")))
                .isInstanceOf(InputProblem.class)
                .satisfies(
                        e -> assertThat(e + " " + ((InputProblem) e).remedy()).contains(parts));
    }

    private ScoreSheet scored(PuzzleSet set) throws IOException {
        return Scoring.of(set)
                .score(new PredictionArrays(
                        set, demo.resolve("expected_preds.npy"), demo.resolve("expected_q_halt_logits.npy")));
    }

    private static PuzzleSet open(ImportedSet imported) {
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }
}
