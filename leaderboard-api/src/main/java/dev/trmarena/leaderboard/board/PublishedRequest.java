package dev.trmarena.leaderboard.board;

import dev.trmarena.http.refuse.JsonRequest;
import dev.trmarena.puzzles.score.PublishedResults;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a source has published.
 *
 * @param results in the order in which they are to be kept
 */
@JsonRequest(mostBytes = 2 << 20)
public record PublishedRequest(
        @NotEmpty(message = "there is no result")
        @Size(max = PublishedRequest.MOST, message = "there are more than " + PublishedRequest.MOST + " results")
        List<@NotNull @Valid Row> results) {
    static final int MOST = 2000;

    /** Seen, on one line, not blank. */
    static final String TEXT = "^(?=.*\\S)[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}$";

    static final String IS_TEXT = "it is 1 to 200 visible characters on one line";

    /**
     * One result.
     *
     * @param method that was measured
     * @param parameters of the model as published; null when they are not known
     * @param benchmark {@code sudoku-extreme}, {@code maze-hard}, {@code arc-agi-1} or {@code arc-agi-2}
     * @param split on which it was measured
     * @param metric what was counted
     * @param percent 0 to 100
     * @param dollarsPerTask cost; null where none was published
     */
    public record Row(
            @NotNull @Pattern(regexp = TEXT, message = IS_TEXT)
            String method,

            @Pattern(regexp = TEXT, message = IS_TEXT) @Nullable
            String parameters,

            @NotNull
            @Pattern(
                    regexp = "^(sudoku-extreme|maze-hard|arc-agi-1|arc-agi-2)$",
                    message = "it is none of sudoku-extreme, maze-hard, arc-agi-1, arc-agi-2")
            String benchmark,

            @NotNull @Pattern(regexp = TEXT, message = IS_TEXT)
            String split,

            @NotNull @Pattern(regexp = TEXT, message = IS_TEXT)
            String metric,

            @NotNull
            @DecimalMin(value = "0", message = "it is a share of 0 to 100 percent")
            @DecimalMax(value = "100", message = "it is a share of 0 to 100 percent")
            Double percent,

            @Positive(message = "a cost is above 0; leave it out where none is known") @Nullable
            Double dollarsPerTask) {
        PublishedResults.Result of(String source) {
            return new PublishedResults.Result(
                    method, parameters, benchmark, split, metric, percent, dollarsPerTask, source);
        }
    }
}
