package dev.trmarena.db.record;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.SqlArrays;
import dev.trmarena.db.StorableText;
import dev.trmarena.db.adapt.AdaptationStages;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Outcome.NotReplayed.End;
import org.jdbi.v3.core.Handle;

/** What became of legs of adaptations; the caller has locked the evaluation. See {@link AdaptationStages}. */
public final class RecordAdaptations {
    private RecordAdaptations() {}

    private record Stage(int steps, int leg, int done, int handouts) {
        int unit() {
            return done / leg;
        }

        int next() {
            return Math.min(leg, steps - done);
        }
    }

    private static Stage lock(Handle handle, Outcome outcome, int handout) {
        Stage stage = handle.createQuery(
                        "select steps, leg, done, handouts from adaptation where evaluation_id = :id for update")
                .bind("id", outcome.evaluation())
                .mapTo(Stage.class)
                .findOne()
                .orElseThrow(() -> new AnswersNothing("evaluation " + outcome.evaluation() + " adapts no weights"));
        if (stage.handouts() < handout) {
            throw new AnswersNothing("the adaptation of evaluation " + outcome.evaluation() + " was given out "
                    + stage.handouts() + " times, the message is of time " + handout);
        }
        return stage;
    }

    /**
     * A leg is done. The first word counts: whoever did it says the same, for numbers and file follow from what was there before.
     *
     * @throws AnswersNothing when it was not given out so often
     * @throws IllegalArgumentException when these are not its steps
     */
    public static void adapted(Handle handle, Outcome.Adapted adapted) {
        Stage stage = lock(handle, adapted, adapted.handout());
        if (stage.done() == stage.steps() || stage.unit() != adapted.unit()) {
            return;
        }
        if (adapted.lmLosses().size() != stage.next()) {
            throw new IllegalArgumentException("leg " + adapted.unit() + " of the adaptation of evaluation "
                    + adapted.evaluation() + " is " + stage.next() + " training steps, the outcome has "
                    + adapted.lmLosses().size());
        }
        // The first leg ends no row of failures: where the others never find what it kept, it is done again and again.
        handle.createUpdate("""
                        update adaptation set done = done + :next, point = :file, given_out_at = null, heard_at = now(),
                               times_lost = case when done = 0 then times_lost else 0 end,
                               lm_losses = lm_losses || :losses,
                               device_millis = device_millis || jsonb_build_object(
                                 cast(:device as text), coalesce(cast(device_millis ->> cast(:device as text) as bigint), 0) + :millis)
                        where evaluation_id = :id""")
                .bind("id", adapted.evaluation())
                .bind("next", stage.next())
                .bind("file", adapted.file())
                .bind("device", StorableText.text(adapted.device()))
                .bind("millis", adapted.computeMillis())
                .bindArray("losses", Double.class, adapted.lmLosses().toArray())
                .execute();
        WorkUnits.running(handle, adapted.evaluation());
    }

    /** What failed waits again, or ends the evaluation where no solver can; unless it was given out again meanwhile. */
    public static void failed(Handle handle, Outcome.NotAdapted nothing) {
        Stage stage = lock(handle, nothing, nothing.handout());
        boolean wrong = nothing.end() == End.WENT_WRONG;
        int waits = handle.createUpdate("""
                        update adaptation a set given_out_at = null, times_lost = times_lost + :lost,
                               trouble = coalesce(:trouble, trouble), trouble_kind = coalesce(:kind, trouble_kind),
                               trouble_log = case when :lost > 0 then :log else trouble_log end
                        where evaluation_id = :id and handouts = :handout and given_out_at is not null and done / leg = :unit
                          and %s""".formatted(AdaptationStages.IS_OPEN))
                .bind("lost", wrong ? 1 : 0)
                .bind("trouble", wrong ? StorableText.text(nothing.reason()) : null)
                .bind("kind", wrong ? nothing.kind() : null)
                .bindArray("log", String.class, SqlArrays.of(nothing.log(), StorableText::text))
                .bind("id", nothing.evaluation())
                .bind("handout", nothing.handout())
                .bind("unit", nothing.unit())
                .execute();
        if (waits > 0 && nothing.end() == End.IMPOSSIBLE) {
            FailureKind kind = nothing.kind() == null ? FailureKind.CANNOT_RUN : nothing.kind();
            WorkUnits.failed(handle, nothing.evaluation(), kind, words(stage) + ": " + nothing.reason(), nothing.log());
        }
    }

    private static String words(Stage stage) {
        return words(stage.done(), stage.next());
    }

    /** Steps of a leg, for people. */
    public static String words(int done, int next) {
        return next == 1 ? "training step " + (done + 1) : "training steps " + (done + 1) + " to " + (done + next);
    }
}
