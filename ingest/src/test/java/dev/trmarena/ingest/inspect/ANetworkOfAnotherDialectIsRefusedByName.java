package dev.trmarena.ingest.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.checkpoint.Leeway;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Problem;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Each of nano-trm's digits is the next one here: with leave to know more tokens such a network would run, and score near zero. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ANetworkOfAnotherDialectIsRefusedByName {
    private static final Leeway LARGER = new Leeway(null, true);

    @Test
    void on_the_sudokus_of_this_platform() throws IOException {
        HyperParameters network = network(12);
        Problem problem = Objects.requireNonNull(
                FitToPuzzleSet.of(Architecture.NANO_TRM, network, set("sudoku", 81, 11), LARGER, true)
                        .problem("last.ckpt", "sudoku"));
        assertThat(problem.title()).contains("nano-trm's dialect of Sudoku");
        assertThat(problem.remedy()).contains("./arena solve");
    }

    @Test
    void and_not_on_other_puzzles_nor_a_network_of_another_family() throws IOException {
        HyperParameters network = network(12);
        assertThat(FitToPuzzleSet.of(Architecture.NANO_TRM, network, set("arc", 900, 12), LARGER, true)
                        .differences())
                .isEmpty();
        assertThat(FitToPuzzleSet.of(Architecture.TRM, network, set("sudoku", 81, 11), LARGER, true)
                        .differences())
                .isEmpty();
        assertThat(FitToPuzzleSet.of(Architecture.NANO_TRM, network(11), set("sudoku", 81, 11), LARGER, true)
                        .differences())
                .isEmpty();
    }

    private static HyperParameters network(int vocabulary) throws IOException {
        String json = "{\"posEncodings\":\"rope\",\"vocabSize\":" + vocabulary + "}";
        return new ObjectMapper().readValue(json, HyperParameters.class);
    }

    private static PuzzleSetRow set(String kind, int tokens, int vocabulary) {
        return new PuzzleSetRow(UUID.randomUUID(), kind, kind, "", tokens, vocabulary, 1, 10, 10);
    }
}
