package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code valid_path} and {@code valid_solution}: answers that are solutions, whether or not they are the labels. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswersThatKeepTheRulesAreCounted {
    private static final String MAZE = "S  ##" + " # ##" + "   G#" + "# # #" + "#   #";
    private static final String SHORTEST = "S  ##" + "o# ##" + "oooG#" + "# # #" + "#   #";
    private static final String AS_SHORT = "Soo##" + " #o##" + "  oG#" + "# # #" + "#   #";
    private static final String DETOUR = "S  ##" + "o# ##" + "oo G#" + "#o#o#" + "#ooo#";
    private static final String WITH_A_CELL_BESIDE = "S  ##" + "o# ##" + "oooG#" + "#o# #" + "#   #";
    private static final String BROKEN = "S  ##" + "o# ##" + "oo G#" + "# # #" + "#   #";
    private static final String THROUGH_A_WALL = "So ##" + " o ##" + " ooG#" + "# # #" + "#   #";
    private static final String WITHOUT_A_GOAL = "S  ##" + "o# ##" + "oooo#" + "# # #" + "#   #";

    private static final String GIVENS = "1...............";
    private static final String SOLUTION = "1234341221434321";
    private static final String ANOTHER = "1243341221344321";
    private static final String GIVEN_CHANGED = "2134342112434312";
    private static final String TWICE_IN_A_ROW = "1134341221434321";
    private static final String TWICE_IN_A_BOX = "1234234134124123";
    private static final String NOT_FILLED = "1234341221434320";
    private static final String NO_DIGIT = "1234341221434325";

    @TempDir
    Path folder;

    @Test
    void any_shortest_path_through_a_maze() throws IOException {
        PuzzleSet set = set(MAZE, SHORTEST, 9);
        List<String> answers =
                List.of(SHORTEST, AS_SHORT, DETOUR, WITH_A_CELL_BESIDE, BROKEN, THROUGH_A_WALL, WITHOUT_A_GOAL, MAZE);
        List<byte[]> tokens = new ArrayList<>(answers.stream()
                .map(answer -> tokens(answer, c -> "# SGo".indexOf(c) + 1))
                .toList());
        byte[] noMaze = tokens(SHORTEST, c -> 0);
        noMaze[7] = (byte) 200;
        tokens.add(noMaze);
        ScoreSheet sheet = scored(set, tokens);
        assertThat(sheet.metrics()).containsEntry("exact_accuracy", 1 / 9.0).containsEntry("valid_path", 2 / 9.0);
        assertThat(Scoring.of(set).intervals(sheet)).containsEntry("valid_path", Interval.wilson(2, 9));
    }

    @Test
    void of_the_two_shortest_paths_either_may_be_the_label() throws IOException {
        PuzzleSet set = set(MAZE, AS_SHORT, 2);
        ScoreSheet sheet = scored(
                set,
                List.of(tokens(SHORTEST, c -> "# SGo".indexOf(c) + 1), tokens(DETOUR, c -> "# SGo".indexOf(c) + 1)));
        assertThat(sheet.metrics()).containsEntry("exact_accuracy", 0.0).containsEntry("valid_path", 0.5);
    }

    @Test
    void any_solution_of_a_sudoku_that_keeps_its_givens() throws IOException {
        PuzzleSet set = set(GIVENS, SOLUTION, 7);
        List<String> answers =
                List.of(SOLUTION, ANOTHER, GIVEN_CHANGED, TWICE_IN_A_ROW, TWICE_IN_A_BOX, NOT_FILLED, NO_DIGIT);
        ScoreSheet sheet = scored(
                set,
                answers.stream().map(answer -> tokens(answer, c -> c - '0' + 1)).toList());
        assertThat(sheet.metrics()).containsEntry("exact_accuracy", 1 / 7.0).containsEntry("valid_solution", 2 / 7.0);
        assertThat(Scoring.of(set).intervals(sheet)).containsEntry("valid_solution", Interval.wilson(2, 7));
    }

    @Test
    void and_neither_ranks_a_board() {
        for (PuzzleKind kind : PuzzleKind.values()) {
            assertThat(kind.rankingMetrics())
                    .contains(kind.mainMetric())
                    .doesNotContain("valid_path", "valid_solution");
        }
        assertThat(PuzzleKind.MAZE.metrics()).contains("valid_path").doesNotContain("valid_solution");
        assertThat(PuzzleKind.SUDOKU.metrics()).contains("valid_solution").doesNotContain("valid_path");
        assertThat(PuzzleKind.SEQUENCE.metrics()).doesNotContain("valid_path", "valid_solution");
    }

    private PuzzleSet set(String question, String answer, int times) throws IOException {
        Path csv = folder.resolve("puzzles.csv");
        Files.writeString(
                csv,
                "source,question,answer,rating\n" + ("a," + question + "," + answer + ",0\n").repeat(times),
                StandardCharsets.UTF_8);
        var imported = PuzzleSetImport.read(csv, null, folder.resolve("arrays"));
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    private static byte[] tokens(String cells, IntFunction<Integer> token) {
        byte[] tokens = new byte[cells.length()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = token.apply(cells.charAt(i)).byteValue();
        }
        return tokens;
    }

    private static ScoreSheet scored(PuzzleSet set, List<byte[]> answers) {
        return Scoring.of(set)
                .score(IntStream.range(0, answers.size())
                        .mapToObj(example ->
                                new ScoredPrediction(example, set.prediction(example, answers.get(example)), 1))
                        .toList());
    }
}
