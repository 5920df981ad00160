package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.build.BuildCsvDirectory;
import dev.trmarena.puzzles.build.BuildCsvDirectory.Recipe;
import dev.trmarena.puzzles.build.BuildProgress;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sudoku and maze directories equal the ones that the authors' builders write, to the byte. */
class CsvSetsAreBuiltAsTheAuthorsDo {
    @TempDir
    Path folder;

    @Test
    void sudokus_subsampled_and_augmented() throws IOException {
        requireSame(PuzzleKind.SUDOKU, new Recipe(40, 3, false, null, 42), Golden.folder("sudoku/dataset"));
    }

    @Test
    void hard_sudokus_only() throws IOException {
        requireSame(
                PuzzleKind.SUDOKU, new Recipe(null, 0, false, 5, 42), Golden.folder("sudoku/dataset_min_difficulty_5"));
    }

    @Test
    void mazes_subsampled_and_turned() throws IOException {
        requireSame(PuzzleKind.MAZE, new Recipe(6, 0, true, null, 42), Golden.folder("maze/dataset"));
    }

    /** @param expected what the authors' script made of the puzzles beside it */
    private void requireSame(PuzzleKind kind, Recipe recipe, Path expected) throws IOException {
        Path out = folder.resolve("out");
        new BuildCsvDirectory(kind, recipe, BuildProgress.SILENT).build(expected.resolveSibling(""), out);
        try (Stream<Path> files = Files.walk(expected)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = expected.relativize(file);
                assertThat(out.resolve(name)).as(name.toString()).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void small_sudokus_are_augmented_into_valid_ones() throws IOException {
        Files.writeString(
                folder.resolve("train.csv"), "source,question,answer,rating\na,1...34....4....1,1234341221434321,0\n");
        new BuildCsvDirectory(PuzzleKind.SUDOKU, new Recipe(null, 20, false, null, 1), BuildProgress.SILENT)
                .build(folder, folder.resolve("out"));
        // As an evaluation reads it: the train split under the name of the test split.
        Files.move(folder.resolve("out/train"), folder.resolve("out/test"));
        PuzzleSet set = open(folder.resolve("out"));
        assertThat(set.exampleCount()).isEqualTo(21);
        for (int example = 0; example < set.exampleCount(); example++) {
            int[] label = set.label(example);
            for (int line = 0; line < 4; line++) {
                int row = 0;
                int column = 0;
                int box = 0;
                for (int i = 0; i < 4; i++) {
                    row |= 1 << label[4 * line + i];
                    column |= 1 << label[4 * i + line];
                    box |= 1 << label[4 * (line / 2 * 2 + i / 2) + line % 2 * 2 + i % 2];
                }
                assertThat(new int[] {row, column, box})
                        .as("example %s", example)
                        .containsOnly(0b111100);
            }
        }
    }

    @Test
    void fields_may_be_quoted() throws IOException {
        Path csv = folder.resolve("mazes.csv");
        Files.writeString(
                csv,
                "\"source\",\"question\",\"answer\",\"rating\"\r\n\"a, \"\"b\"\"\",\" S G\",\"oSoG\",\"1\"\r\n\r\n"
                        + "b, S G,oSoG,2\r\n");
        PuzzleSet set = open(csv);
        assertThat(set.manifest().kind()).isEqualTo(PuzzleKind.MAZE);
        assertThat(set.input(0)).containsExactly(2, 3, 2, 4);
        assertThat(set.input(1)).containsExactly(2, 3, 2, 4);
        assertThat(set.label(1)).containsExactly(5, 3, 5, 4);
    }

    @Test
    void the_first_problems_are_all_told_with_their_lines() throws IOException {
        Path csv = folder.resolve("sudokus.csv");
        String good = "a,1...34....4....1,1234341221434321,0\n";
        Files.writeString(
                csv,
                "source,question,answer,rating\n" + good + "a,1...34....4...x2,1234341221434321,0\n\n" + good
                        + "a,1...34....4....2,123434122143432,0\n" + "a,b\n");
        assertThatThrownBy(() -> open(csv))
                .isInstanceOf(InputProblem.class)
                .hasMessageContainingAll(
                        "sudokus.csv, line 3: cell 15 of the question is 'x'",
                        "sudokus.csv, line 6: the answer has 15 cells, the first question has 16",
                        "sudokus.csv, line 7: it has 2 fields");
    }

    private PuzzleSet open(Path source) {
        var imported = PuzzleSetImport.read(source, null, folder.resolve("arrays"));
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }
}
