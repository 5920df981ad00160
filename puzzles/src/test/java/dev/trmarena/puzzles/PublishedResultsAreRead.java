package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.puzzles.score.PublishedResults.Result;
import dev.trmarena.puzzles.score.ReadArcPrizeResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lists that ARC Prize's leaderboard is drawn from. */
class PublishedResultsAreRead {
    @TempDir
    Path folder;

    private ReadArcPrizeResults.Read read(String evaluations) throws IOException {
        return new ReadArcPrizeResults("ARC Prize")
                .read(
                        Files.writeString(folder.resolve("evaluations.json"), evaluations),
                        Files.writeString(
                                folder.resolve("models.json"),
                                "[{\"id\":\"trm\",\"displayName\":\"TRM\",\"providerId\":\"x\"},{\"id\":\"trm-2\",\"displayName\":\"TRM\"}]"),
                        Files.writeString(
                                folder.resolve("datasets.json"),
                                "[{\"id\":\"v2_Private_Eval\",\"displayName\":\"Private\"}]"));
    }

    @Test
    void with_names_splits_and_costs() throws IOException {
        ReadArcPrizeResults.Read read = read("""
                [{"datasetId":"v1_Semi_Private","modelId":"trm","score":0.407,"costPerTask":1.7638,"display":true,"resultsUrl":""},
                 {"datasetId":"v2_Public_Eval","modelId":"nobody-knows","score":0,"costPerTask":0,"display":true},
                 {"datasetId":"v2_Private_Eval","modelId":"trm","score":0.0625,"cost":2.1},
                 {"datasetId":"v1_Semi_Private","modelId":"trm-2","score":1,"display":true},
                 {"datasetId":"v1_Semi_Private","modelId":"trm","score":0.1,"display":false},
                 {"datasetId":"v3_Preview","modelId":"trm","score":0.1,"display":true}]""");
        String attempts = "2 attempts";
        String semi = "ARC Prize verified, semi-private";
        assertThat(read.results())
                .containsExactly(
                        new Result("TRM", null, "arc-agi-1", semi, attempts, 40.7, 1.7638, "ARC Prize"),
                        new Result(
                                "nobody-knows", null, "arc-agi-2", "public evaluation", attempts, 0, null, "ARC Prize"),
                        new Result("TRM", null, "arc-agi-2", "Private", attempts, 6.25, 2.1, "ARC Prize"),
                        new Result("TRM (trm-2)", null, "arc-agi-1", semi, attempts, 100, null, "ARC Prize"));
        assertThat(read.hidden()).isEqualTo(1);
        assertThat(read.elsewhere()).isEqualTo(1);
    }

    @Test
    void or_refused_by_file_and_row() {
        assertThatThrownBy(() -> read("""
                [{"datasetId":"v1_Semi_Private","modelId":"trm","score":40.7},
                 {"datasetId":"v1_Semi_Private","score":0.4},
                 {"datasetId":"v1_Semi_Private","modelId":"trm","score":0.4,"costPerTask":"much"}]"""))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("evaluations.json, row 0: score is 40.7, 0 to 1 was expected")
                .hasMessageContaining("evaluations.json, row 1: modelId is missing")
                .hasMessageContaining("evaluations.json, row 2: costPerTask is")
                .hasMessageContaining("dollars were expected");
        assertThatThrownBy(() -> read("[]")).hasMessageContaining("no row of ARC-AGI-1 or 2 that is displayed");
        assertThatThrownBy(() -> read("{}")).hasMessageContaining("evaluations.json: it is not a list");
    }
}
