package dev.trmarena.db.board;

import dev.trmarena.puzzles.answers.AnswersReport;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of answers that another system gave; field names are those of the HTTP API.
 *
 * @param label to be shown wherever their scores are
 * @param digest SHA-256 of the file that was sent: equal for equal answers
 * @param lenient whether what is no answer was counted as wrong, where it is refused otherwise
 * @param dollarsPerTask as whoever sent them says it, else as the answers do; null where neither does
 * @param paper address of what was published on them; null where none was given
 * @param code address of what made them; null where none was given
 * @param report what is missing, and what does not count
 */
public record AnswersView(
        String label,
        String digest,
        boolean lenient,
        @Nullable Double dollarsPerTask,
        @Nullable String paper,
        @Nullable String code,
        AnswersReport report) {
    /** The words for what stands between a published number and a run. */
    public static final String LABEL = "answers, scored here, not run here";

    /** In a query in which a is what answers has of an evaluation. */
    static final String COLUMNS =
            "a.digest as answers_digest, a.lenient, a.dollars_per_task, a.paper, a.code, a.report";

    /** As a row of an evaluation has it; null of what was run. */
    @JdbiConstructor
    public static AnswersView of(
            @ColumnName("answers_digest") @PropagateNull String digest,
            @ColumnName("lenient") boolean lenient,
            @ColumnName("dollars_per_task") @Nullable Double dollarsPerTask,
            @ColumnName("paper") @Nullable String paper,
            @ColumnName("code") @Nullable String code,
            @ColumnName("report") @Json AnswersReport report) {
        return new AnswersView(LABEL, digest, lenient, dollarsPerTask, paper, code, report);
    }
}
