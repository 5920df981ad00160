package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CSVs as spreadsheets write them are read; answers that are none are refused by line, puzzles with two are warned of. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PuzzlesOfACsvKeepTheirRules {
    private static final String HEADER = "source,question,answer,rating\n";
    private static final String GOOD = "a,1...34....4....1,1234341221434321,0\n";

    @TempDir
    Path folder;

    @Test
    void as_spreadsheets_write_them() throws IOException {
        String text = HEADER + GOOD + GOOD;
        assertThat(read("\ufeff" + text).manifest().exampleCount()).isEqualTo(2);
        assertThat(read(text.replace("\n", "\r\n")).manifest().exampleCount()).isEqualTo(2);
        assertThat(read("\ufeff" + text.replace(',', ';').replace("\n", "\r\n"))
                        .manifest()
                        .exampleCount())
                .isEqualTo(2);
        assertThat(read(text.replace(',', '\t')).manifest().exampleCount()).isEqualTo(2);
        assertThat(read("\ufeff\"source\",\"question\",\"answer\",\"rating\"\r\n" + GOOD)
                        .manifest()
                        .exampleCount())
                .isEqualTo(1);
    }

    @Test
    void what_is_no_csv_is_called_what_it_is() {
        refused("<!DOCTYPE html>\n<html>", "it is an HTML page, not a CSV");
        refused("version https://git-lfs.github.com/spec/v1\noid", "a pointer of Git LFS");
        refused("question,answer\n", "line 1: it is 'question,answer'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1...34....4....2 | 1234341221434321 | cell 16 is given as 2, the answer says 1",
                "1............... | 1234341221434312 | column 3 of the answer has a digit twice",
                "1............... | 1134341221434321 | row 1 of the answer has a digit twice",
                "1............... | 1234234134124123 | box 1 of the answer has a digit twice",
            })
    void a_sudoku_whose_answer_is_none(String question, String answer, String words) {
        refused(HEADER + GOOD + "b," + question + "," + answer + ",0\n", "line 3: " + words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"S  #  #G \" | \"So # o#Go\" | \"\"",
                "\"S  #  #G \" | \"So #  #Go\" | the way of the answer is broken",
                "\"S  #  #G \" | \"So  oo#Go\" | cell 4 is '#' in the question and ' ' in the answer",
                "\"S  #  #S \" | \"So # o#So\" | it has 2 S and 0 G",
            })
    void a_maze_whose_way_is_none(String question, String answer, String words) throws IOException {
        String text = HEADER + "a," + question + "," + answer + ",0\n";
        if (words.isEmpty()) {
            assertThat(read(text.replace("So # o#Go", "Soo# o#Go")).manifest().exampleCount())
                    .isEqualTo(1);
        } else {
            refused(text, "line 2: " + words);
        }
    }

    @Test
    void a_puzzle_with_two_solutions_is_warned_of_by_line() throws IOException {
        assertThat(read(HEADER + GOOD + "b,12..34..........,1234341221434321,0\n")
                        .warnings())
                .containsExactly("test.csv, line 3: the puzzle has a second solution, which counts as wrong");
        assertThat(read(HEADER + GOOD).warnings()).isEmpty();
    }

    /** 17 givens, one solution: the search is long, and ends. */
    @Test
    void the_search_for_a_second_solution_is_bounded() throws IOException {
        String hard = "a,000000010400000000020000000000050407008000300001090000300400200050100000000806000,"
                + "693784512487512936125963874932651487568247391741398625319475268856129743274836159,0\n";
        ImportedSet set = read(HEADER + hard.repeat(300));
        assertThat(set.manifest().exampleCount()).isEqualTo(300);
        assertThat(set.warnings()).allMatch(warning -> warning.contains("it would take long"));
    }

    private ImportedSet read(String text) throws IOException {
        Path csv = Files.writeString(folder.resolve("test.csv"), text, StandardCharsets.UTF_8);
        return PuzzleSetImport.read(csv, null, folder.resolve("arrays"));
    }

    private void refused(String text, String... words) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputProblem.class).hasMessageContainingAll(words);
    }
}
