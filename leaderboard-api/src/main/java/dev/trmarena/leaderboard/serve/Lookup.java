package dev.trmarena.leaderboard.serve;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.http.refuse.NoSuchEvaluation;
import dev.trmarena.http.refuse.NotRunHere;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.limits.Quote;
import dev.trmarena.messages.EvaluationState;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What a path names, or a 404 that says what it was. */
public final class Lookup {
    private Lookup() {}

    public static PuzzleSetView puzzleSet(Handle handle, String name) {
        return ReadPuzzleSets.byName(handle, name).orElseThrow(() -> UnknownPuzzleSet.named(handle, name));
    }

    public static EvaluationView evaluation(Handle handle, String id) {
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    404,
                    "'" + Quote.of(id) + "' is not the id of an evaluation",
                    "GET /api/evaluations lists those there are");
        }
        return ReadEvaluations.byId(handle, uuid).orElseThrow(() -> NoSuchEvaluation.of(uuid));
    }

    /** @throws Refusal 409 before it is finished */
    public static EvaluationView finished(Handle handle, String id) {
        EvaluationView evaluation = evaluation(handle, id);
        if (evaluation.state() != EvaluationState.FINISHED) {
            throw new Refusal(
                    409,
                    "evaluation " + id + " is " + evaluation.state() + ", its tasks are known when it is finished",
                    "GET /api/evaluations/" + id + "/events tells when it is");
        }
        return evaluation;
    }

    /** @param wanted what only a run has @throws Refusal 409 before it is finished, and of answers */
    public static EvaluationView run(Handle handle, String id, String wanted) {
        EvaluationView evaluation = finished(handle, id);
        if (evaluation.answers() != null) {
            throw NotRunHere.of(id, wanted);
        }
        return evaluation;
    }
}
