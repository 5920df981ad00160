package dev.trmarena.ingest.plan;

import dev.trmarena.db.plan.Priority;
import dev.trmarena.http.refuse.JsonRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What POST /api/evaluations takes: an uploaded checkpoint with its puzzle set, an evaluation to make another one of, or
 * answers that another system gave.
 *
 * @param checkpoint upload of the checkpoint
 * @param config upload of the {@code all_config.yaml} that lay beside it
 * @param puzzleSet name of the set to evaluate on
 * @param preset a published recipe, for a checkpoint without its configuration; see the refusal of one for their names
 * @param hyperParameters settings by the names of {@code all_config.yaml}, {@code L_cycles} for one; they go before file and
 *     preset. Likewise {@code weights}, a network of a file that has several, and {@code file}, a checkpoint of an archive that has several;
 *     {@code identifier_offset} and {@code allow_larger_vocabulary}, see {@link dev.trmarena.artifacts.checkpoint.Leeway}
 * @param model the named line of checkpoints this one belongs to; null to take it from the config or the file name
 * @param evaluation one whose checkpoint and puzzle set are run again, by another protocol; instead of all of the above
 * @param protocol how to run it; null for as its authors do
 * @param again true to run it although the same was run before: as a repeat, whose answers are compared with those of the other
 *     repeats, example by example; else the evaluation that is there is answered
 * @param requestId made up by whoever asks, anew for each thing that is wanted: sent again with the same, a request makes nothing
 *     twice. Those that name uploads need none
 * @param stopIfSuspect true to have the demonstrations judged first that training saw, and to end there if the evaluation is set up in
 *     another way than its checkpoint was trained
 * @param answers of another system, which are scored and not run; instead of all else
 * @param priority {@code low}, {@code normal} (unless said otherwise) or {@code high}: its share of the solvers while others wait
 */
@JsonRequest(mostBytes = 1 << 20)
record EvaluationRequest(
        @Nullable UUID checkpoint,
        @Nullable UUID config,
        @Nullable String preset,
        @Nullable Map<String, @NotNull(message = "leave out what is not known") String> hyperParameters,
        @Nullable String puzzleSet,

        @Schema(minLength = 1, maxLength = ModelName.MAX_LENGTH) @Nullable
        String model,

        @Nullable UUID evaluation,
        @Nullable @Valid AnswersRequest answers,
        @Nullable RequestedProtocol protocol,
        @Nullable Boolean again,
        @Nullable UUID requestId,
        @Nullable Boolean stopIfSuspect,
        @Nullable Priority priority) {
    EvaluationRequest {
        if (answers != null) {
            if (Stream.of(
                            checkpoint,
                            config,
                            preset,
                            hyperParameters,
                            puzzleSet,
                            model,
                            evaluation,
                            protocol,
                            again,
                            requestId,
                            stopIfSuspect,
                            priority)
                    .anyMatch(Objects::nonNull)) {
                throw new IllegalArgumentException(
                        "'answers' are not run: give puzzle set, model and 'again' within them, and nothing beside it");
            }
        } else if (evaluation == null) {
            Objects.requireNonNull(checkpoint, "'checkpoint' is missing");
            Objects.requireNonNull(puzzleSet, "'puzzleSet' is missing");
        } else if (checkpoint != null
                || config != null
                || preset != null
                || hyperParameters != null
                || puzzleSet != null) {
            throw new IllegalArgumentException(
                    "'evaluation' already says which checkpoint on which puzzle set;"
                            + " give 'protocol', 'model', 'again', 'requestId', 'stopIfSuspect' and 'priority' beside it, nothing else");
        }
    }

    /** Whether it can be told from every other request, so that this one sent twice is known as one. */
    boolean toldApart() {
        return checkpoint != null || requestId != null;
    }

    Map<String, String> given() {
        return hyperParameters == null ? Map.of() : hyperParameters;
    }

    CutIntoUnits.Wish wish() {
        return new CutIntoUnits.Wish(
                priority == null ? Priority.NORMAL : priority,
                Boolean.TRUE.equals(again),
                Boolean.TRUE.equals(stopIfSuspect));
    }

    RequestedProtocol requestedProtocol() {
        return protocol == null ? RequestedProtocol.AUTHORS : protocol;
    }
}
