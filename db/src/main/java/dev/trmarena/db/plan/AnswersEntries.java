package dev.trmarena.db.plan;

import dev.trmarena.db.EvaluationHistory;
import dev.trmarena.db.record.FinishEvaluations;
import dev.trmarena.db.record.InsertGrids;
import dev.trmarena.db.record.InsertOutputs;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.HistoryEvent;
import dev.trmarena.puzzles.answers.ScoredAnswers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Answers of other systems as evaluations that are finished from the beginning: they have test outputs, candidates and scores, but neither
 * a checkpoint nor predictions of examples nor units.
 */
public final class AnswersEntries {
    private AnswersEntries() {}

    /**
     * Must run in a transaction, until whose end nobody else writes the same answers.
     *
     * @param digest SHA-256 of the file
     * @return the first of the same answers to the same set under this name
     */
    public static Optional<UUID> find(Handle handle, String digest, UUID puzzleSet, String model) {
        ArtifactUses.lock(handle, List.of(digest));
        return handle.createQuery("""
                        select e.id from evaluation e join answers a on a.evaluation_id = e.id
                        where a.digest = :digest and e.puzzle_set_id = :set and e.model = :model
                        order by e.created_at, e.id limit 1""")
                .bind("digest", digest)
                .bind("set", puzzleSet)
                .bind("model", model)
                .mapTo(UUID.class)
                .findOne();
    }

    /** To be called before {@link #insert}, without a transaction: so that nobody waits for it, who writes the same grids. */
    public static void insertGrids(Jdbi jdbi, ScoredAnswers scored) {
        var grids = new InsertGrids(jdbi);
        scored.outputs().each(grids);
        grids.end();
    }

    /** Must run in a transaction: all of it is written, or nothing. */
    public static void insert(Handle handle, NewAnswers answers, ScoredAnswers scored) {
        handle.createUpdate("""
                        insert into evaluation (id, puzzle_set_id, model, example_count, unit_count, notes, state, started_at, finished_at)
                        values (:id, :puzzleSet, :model, :outputs, 0, :notes, :finished, now(), now())""")
                .bind("id", answers.id())
                .bind("puzzleSet", answers.puzzleSet())
                .bind("model", answers.model())
                .bind("outputs", answers.report().outputs())
                .bindArray("notes", String.class, answers.report().notes().toArray())
                .bind("finished", EvaluationState.FINISHED)
                .execute();
        handle.createUpdate("""
                        insert into answers (evaluation_id, digest, file_name, lenient, dollars_per_task, paper, code, report)
                        values (:id, :digest, :fileName, :lenient, :dollarsPerTask, :paper, :code, :report)""").bindMethods(answers).execute();
        var outputs = InsertOutputs.withGrids(handle, answers.id());
        scored.outputs().each(outputs);
        outputs.end();
        FinishEvaluations.scores(handle, answers.id(), scored.sheet().metrics(), scored.intervals(), Map.of());
        EvaluationHistory.add(handle, answers.id(), HistoryEvent.FINISHED, "answers were scored; nothing was run");
    }
}
