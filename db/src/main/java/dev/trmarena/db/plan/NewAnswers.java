package dev.trmarena.db.plan;

import dev.trmarena.puzzles.answers.AnswersReport;
import java.util.UUID;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Answers of another system that were scored; what each means is in {@link dev.trmarena.db.board.AnswersView}.
 */
public record NewAnswers(
        UUID id,
        UUID puzzleSet,
        String model,
        String fileName,
        String digest,
        boolean lenient,
        @Nullable Double dollarsPerTask,
        @Nullable String paper,
        @Nullable String code,
        @Json AnswersReport report) {}
