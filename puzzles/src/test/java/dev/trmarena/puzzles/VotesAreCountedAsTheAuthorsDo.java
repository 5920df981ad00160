package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.PredictionArrays;
import dev.trmarena.puzzles.score.RankedCandidate;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.Submissions;
import dev.trmarena.puzzles.score.VoteProtocol;
import dev.trmarena.puzzles.set.LooseArcSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Predictions with ties, ragged grids and gaps are ranked and handed in as the authors' evaluator does. */
class VotesAreCountedAsTheAuthorsDo {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path golden = Golden.folder("arc_eval/dev");
    private final PuzzleSet set = open();
    private final List<ScoredPrediction> predictions = predictions();

    private PuzzleSet open() {
        try {
            return LooseArcSet.open(golden, golden.resolve("puzzle_identifiers.npy"), golden.resolve("inputs.npy"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<ScoredPrediction> predictions() {
        try {
            var list = new ArrayList<ScoredPrediction>();
            new PredictionArrays(set, golden.resolve("preds.npy"), golden.resolve("q_halt_logits.npy"))
                    .forEach(list::add);
            return list;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private JsonNode expected(String name) throws IOException {
        return JSON.readTree(golden.resolve("expected_" + name + ".json").toFile());
    }

    @Test
    void pass_at_k() throws IOException {
        ScoreSheet sheet = Scoring.of(set).score(predictions);
        JsonNode expected = expected("metrics");
        for (int k : new int[] {1, 2, 5, 10, 100, 1000}) {
            assertThat(sheet.metrics().get("pass@" + k))
                    .as("pass@%s", k)
                    .isEqualTo(expected.required("ARC/pass@" + k).doubleValue());
        }
    }

    @Test
    void ranking_with_its_ties() throws IOException {
        JsonNode expected = expected("ranking");
        int[] next = new int[set.taskCount()];
        for (OutputResult output : Scoring.of(set).score(predictions).outputs()) {
            String task = set.taskName(output.task());
            JsonNode candidates =
                    expected.required(task).get(next[output.task()]++).required("candidates");
            assertThat(output.candidates()).as(task).isEqualTo(candidates.size());
            for (int i = 0; i < output.top().size(); i++) {
                RankedCandidate candidate = output.top().get(i);
                String place = task + ", output " + output.output() + ", place " + (i + 1);
                assertThat(HexFormat.of().formatHex(candidate.grid().digest()))
                        .as(place)
                        .isEqualTo(candidates.get(i).required("hash").textValue());
                assertThat(candidate.votes())
                        .as(place)
                        .isEqualTo(candidates.get(i).required("votes").intValue());
                assertThat(candidate.meanHalt())
                        .as(place)
                        .isCloseTo(
                                candidates.get(i).required("mean_q").doubleValue(),
                                org.assertj.core.api.Assertions.within(1e-15));
            }
        }
    }

    @Test
    void submission_as_the_authors_write_it() throws IOException {
        byte[] submission = Submissions.of(set, Scoring.of(set).score(predictions), true)
                .orElseThrow()
                .toJson();
        // The text: also the order of the tasks must be theirs.
        assertThat(JSON.readTree(submission).toString())
                .isEqualTo(expected("submission").toString());
    }

    @Test
    void the_repaired_submission_has_every_output_and_only_sound_grids() throws IOException {
        JsonNode submission = JSON.readTree(Submissions.of(set, Scoring.of(set).score(predictions), false)
                .orElseThrow()
                .toJson());
        assertThat(submission.size()).isEqualTo(set.taskCount());
        for (int task = 0; task < set.taskCount(); task++) {
            JsonNode outputs = submission.required(set.taskName(task));
            assertThat(outputs.size()).isEqualTo(set.outputCount(task));
            for (JsonNode output : outputs) {
                for (String attempt : List.of("attempt_1", "attempt_2")) {
                    int[][] rows = JSON.treeToValue(output.required(attempt), int[][].class);
                    assertThat(rows.length).isBetween(1, 30);
                    assertThat(List.of(rows))
                            .allMatch(row -> row.length == rows[0].length && row.length >= 1 && row.length <= 30);
                }
            }
        }
    }

    @Test
    void the_other_definitions() throws IOException {
        ScoreSheet sheet = Scoring.of(set).score(predictions);
        int right = 0;
        int whole = 0;
        double shares = 0;
        for (int task = 0; task < set.taskCount(); task++) {
            int solved = 0;
            for (JsonNode output : expected("ranking").path(set.taskName(task))) {
                JsonNode candidates = output.path("candidates");
                solved += candidates.path(0).path("correct").asBoolean()
                                || candidates.path(1).path("correct").asBoolean()
                        ? 1
                        : 0;
            }
            right += solved;
            shares += solved / (double) set.outputCount(task);
            whole += solved == set.outputCount(task) ? 1 : 0;
        }
        assertThat(sheet.metrics())
                .containsEntry("arc_prize", shares / set.taskCount())
                .containsEntry("kaggle", right / (double) sheet.outputs().size())
                .containsEntry("strict", whole / (double) set.taskCount());
        SortedMap<String, Interval> intervals = Scoring.of(set).intervals(sheet);
        assertThat(intervals.keySet()).isEqualTo(sheet.metrics().keySet());
        intervals.forEach((name, interval) ->
                assertThat(sheet.metrics().get(name)).as(name).isBetween(interval.low(), interval.high()));
        assertThat(Scoring.of(set).intervals(sheet)).isEqualTo(intervals);
    }

    @Test
    void predictions_out_of_order_are_refused() {
        List<ScoredPrediction> backwards = new ArrayList<>(predictions);
        Collections.reverse(backwards);
        assertThatThrownBy(() -> Scoring.of(set).score(backwards)).hasMessageContaining("comes after");
    }

    @Test
    void votes_can_be_limited_to_the_first_augmentations() {
        for (Map.Entry<VoteProtocol, Integer> protocol :
                Map.of(VoteProtocol.ORIGINAL_ONLY, 0, new VoteProtocol(3), 3).entrySet()) {
            ScoreSheet limited = Scoring.of(set).score(predictions, protocol.getKey());
            List<ScoredPrediction> kept = predictions.stream()
                    .filter(prediction -> set.augmentationOrdinal(prediction.example()) <= protocol.getValue())
                    .toList();
            assertThat(kept.size()).isBetween(1, predictions.size() - 1);
            assertThat(limited).isEqualTo(Scoring.of(set).score(kept));
        }
        assertThat(Scoring.of(set)
                        .score(predictions, VoteProtocol.ORIGINAL_ONLY)
                        .outputs())
                .allMatch(output -> output.candidates() <= 1);
        assertThat(Scoring.of(set).score(predictions, new VoteProtocol(15)))
                .isEqualTo(Scoring.of(set).score(predictions));
    }
}
