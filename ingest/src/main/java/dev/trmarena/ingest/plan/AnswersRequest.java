package dev.trmarena.ingest.plan;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What POST /api/evaluations takes in place of a checkpoint: uploaded answers of another system, and what is to be known of them.
 *
 * @param upload of ARC {@code submission.json}, a folder of results in one JSON, or {@code predictions.jsonl}; of other puzzles a CSV of id
 *     and answer, or JSON lines; of all of them predictions as {@code numpy.savez} saves them ({@code .npz}: {@code preds}, {@code
 *     q_halt_logits}, and {@code puzzle_identifiers} with {@code inputs} unless they are in the order of the set). Its name says which
 * @param puzzleSet name of the set that was answered
 * @param model the system that answered
 * @param dollarsPerTask what an answer to a task cost; null to take it from the answers, where they say it
 * @param paper address of what was published on them
 * @param code address of what made them
 * @param lenient true to count what is no answer as wrong, and be told how often; else it is refused by its place
 * @param again true to have another entry of the same answers; else the one that is there is answered
 */
record AnswersRequest(
        @NotNull UUID upload,
        @NotNull String puzzleSet,

        @NotNull @Schema(minLength = 1, maxLength = ModelName.MAX_LENGTH)
        String model,

        @DecimalMin(value = "0", message = AnswersRequest.DOLLARS)
        @DecimalMax(value = "1000000", message = AnswersRequest.DOLLARS)
        @Nullable
        Double dollarsPerTask,

        @Pattern(regexp = AnswersRequest.ADDRESS, message = AnswersRequest.ADDRESS_IS) @Nullable
        String paper,

        @Pattern(regexp = AnswersRequest.ADDRESS, message = AnswersRequest.ADDRESS_IS) @Nullable
        String code,

        @Nullable Boolean lenient,
        @Nullable Boolean again) {
    static final String DOLLARS = "the cost of a task is 0 to 1000000 dollars";
    static final String ADDRESS = "^https?://[!-~]{1,500}$";
    static final String ADDRESS_IS =
            "an address begins with https:// or http:// and has at most 500 characters, without spaces";

    boolean leniently() {
        return Boolean.TRUE.equals(lenient);
    }
}
