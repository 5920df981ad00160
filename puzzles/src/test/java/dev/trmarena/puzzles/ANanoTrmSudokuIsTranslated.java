package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Sudoku set of nano-trm's scripts becomes one like every other: the grid alone, a blank is 1, digit d is d + 1. */
class ANanoTrmSudokuIsTranslated {
    private static final int[] QUESTION = {1, 0, 0, 4, 0, 4, 1, 0, 2, 0, 4, 0, 0, 3, 0, 1};
    private static final int[] ANSWER = {1, 2, 3, 4, 3, 4, 1, 2, 2, 1, 4, 3, 4, 3, 2, 1};

    @TempDir
    Path folder;

    private int[] inputs;
    private int[] labels;

    /** As {@code pad_and_encode} of nano-trm lays two 4×4 puzzles out in a 6×6 square. */
    @BeforeEach
    void two_puzzles_in_a_larger_square() throws IOException {
        inputs = new int[72];
        labels = new int[72];
        Arrays.fill(labels, -100);
        for (int example = 0; example < 2; example++) {
            for (int cell = 0; cell < 16; cell++) {
                int at = 36 * example + cell / 4 * 6 + cell % 4;
                inputs[at] = QUESTION[cell] + 2;
                labels[at] = ANSWER[cell] + 2;
            }
            inputs[36 * example + 24] = 1;
            labels[36 * example + 24] = 1;
        }
        write("{\"num_puzzles\":2,\"grid_size\":4,\"max_grid_size\":6,\"min_givens\":6,\"max_givens\":10,"
                + "\"seq_len\":36,\"vocab_size\":9}");
    }

    private void write(String description) throws IOException {
        Path test = Files.createDirectories(folder.resolve("set/test"));
        Files.writeString(test.resolve("dataset.json"), description);
        Npy.writeInt32(test.resolve("all__inputs.npy"), inputs, 2, 36);
        Npy.writeInt32(test.resolve("all__labels.npy"), labels, 2, 36);
        Npy.writeInt32(test.resolve("all__puzzle_identifiers.npy"), new int[2], 2);
    }

    private ImportedSet read() {
        return PuzzleSetImport.read(folder.resolve("set"), null, folder.resolve("arrays"));
    }

    @Test
    void the_grid_alone_in_the_tokens_of_every_sudoku_here() {
        ImportedSet imported = read();
        assertThat(imported.manifest().kind()).isEqualTo(PuzzleKind.SUDOKU);
        assertThat(imported.manifest().vocabSize()).isEqualTo(6);
        assertThat(imported.manifest().side()).isEqualTo(4);
        assertThat(imported.warnings()).singleElement().asString().contains("nano-trm's dialect");
        PuzzleSet set =
                PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
        for (int example = 0; example < 2; example++) {
            assertThat(set.input(example))
                    .isEqualTo(Arrays.stream(QUESTION).map(digit -> digit + 1).toArray());
            assertThat(set.label(example))
                    .isEqualTo(Arrays.stream(ANSWER).map(digit -> digit + 1).toArray());
            assertThat(set.puzzleIdentifier(example)).isZero();
        }
    }

    @Test
    void what_is_not_of_the_dialect_is_refused_by_its_name() throws IOException {
        write("{\"mixed_size\":true,\"grid_sizes\":[4,6],\"max_grid_size\":6,\"seq_len\":36,\"vocab_size\":9}");
        refused("nano-trm's dialect of Sudoku with grids of several sizes");
        write("{\"grid_size\":7,\"max_grid_size\":6,\"seq_len\":36,\"vocab_size\":9}");
        refused("it is 7 in a square of 6");
        labels[1] = 2;
        inputs[2] = 7;
        write("{\"grid_size\":4,\"max_grid_size\":6,\"seq_len\":36,\"vocab_size\":9}");
        refused(
                "example 0, cell 2: token 7; in nano-trm's dialect of Sudoku digits are 3 to 6",
                "example 0, cell 1: token 2");
    }

    private void refused(String... parts) {
        assertThatThrownBy(this::read).isInstanceOf(InputProblem.class).satisfies(e -> assertThat(
                        e + " " + ((InputProblem) e).problem())
                .contains(parts));
    }
}
