package dev.trmarena.arena.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What {@link ArenaApi} says of answers of other systems. */
public final class AnswersOfApi {
    private AnswersOfApi() {}

    /** An evaluation of answers, which are not run. */
    public record Entry(Request answers) {}

    /**
     * Answers of another system.
     *
     * @param upload of the file
     * @param dollarsPerTask null: as the answers say it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Request(
            String upload,
            String puzzleSet,
            String model,
            @Nullable Double dollarsPerTask,
            @Nullable String paper,
            @Nullable String code,
            boolean lenient,
            boolean again) {}

    /** What is to be known of answers that another system gave. */
    public record Said(
            String label,
            String digest,
            @Nullable Double dollarsPerTask,
            @Nullable String paper,
            @Nullable String code) {}

    /** Answers of another system beside a board. */
    public record BesideBoard(
            String label,
            String evaluation,
            String model,
            String fileName,
            @Nullable Double score,
            @Nullable Double dollarsPerTask,
            String finishedAt) {}
}
