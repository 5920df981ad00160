package dev.trmarena.db.dispatch;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.StorableText;
import dev.trmarena.db.record.GridPrediction;
import dev.trmarena.db.record.InsertPredictions;
import dev.trmarena.messages.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who wants to see the steps of an example of a finished evaluation, and what became of it. */
public final class ReplayRequests {
    private ReplayRequests() {}

    /** @param failure why there is no step replay; null while it is waited for */
    public record Request(int example, @Nullable String failure) {}

    /** Asks for a step replay; one that failed is asked for anew, one that is waited for goes on waiting. */
    public static void add(Handle handle, UUID evaluation, int example) {
        handle.createUpdate("""
                        insert into replay_request (evaluation_id, example) values (:id, :example)
                        on conflict (evaluation_id, example) do update
                        set wanted_at = now(), given_out_at = null, times_lost = 0, trouble = null, failure = null
                        where replay_request.failure is not null""").bind("id", evaluation).bind("example", example).execute();
    }

    /** Replays that are waited for, of all evaluations. */
    public static int waiting(Handle handle) {
        return handle.createQuery("select count(*) from replay_request where failure is null")
                .mapTo(Integer.class)
                .one();
    }

    /** Likewise, of one evaluation. */
    public static int waiting(Handle handle, UUID evaluation) {
        return handle.createQuery("select count(*) from replay_request where failure is null and evaluation_id = :id")
                .bind("id", evaluation)
                .mapTo(Integer.class)
                .one();
    }

    /** The first of these examples that a step replay was asked for. */
    public static Optional<Request> of(Handle handle, UUID evaluation, List<Integer> examples) {
        return handle.createQuery("""
                        select example, failure from replay_request
                        where evaluation_id = :id and example = any(:examples) order by example limit 1""")
                .bind("id", evaluation)
                .bindArray("examples", Integer.class, examples.toArray())
                .mapTo(Request.class)
                .findOne();
    }

    /**
     * Keeps the steps of an example if they were asked for; scores and predictions stay as they are.
     *
     * @param prediction of a finished evaluation, as a solver has just given it once more
     * @throws AnswersNothing when nobody was asked for it yet
     */
    public static void keep(Handle handle, UUID evaluation, GridPrediction prediction) {
        if (!isWanted(handle, evaluation, prediction.example(), 1)) {
            return;
        }
        if (prediction.replay().isEmpty()) {
            fail(handle, evaluation, prediction.example(), "this network's steps cannot be followed");
            return;
        }
        InsertPredictions.insertReplay(handle, evaluation, prediction);
        handle.createUpdate("delete from replay_request where evaluation_id = :id and example = :example")
                .bind("id", evaluation)
                .bind("example", prediction.example())
                .execute();
    }

    /**
     * Locks the request. @return false when there is none, any more: an answer came already
     *
     * @throws AnswersNothing when it was not given out so often
     */
    private static boolean isWanted(Handle handle, UUID evaluation, int example, int handout) {
        Optional<Integer> handouts = handle.createQuery("""
                        select handouts from replay_request where evaluation_id = :id and example = :example for update""")
                .bind("id", evaluation)
                .bind("example", example)
                .mapTo(Integer.class)
                .findOne();
        if (handouts.isPresent() && handouts.get() < handout) {
            throw new AnswersNothing("the replay of example " + example + " of evaluation " + evaluation
                    + " was given out " + handouts.get() + " times, the message is of time " + handout);
        }
        return handouts.isPresent();
    }

    /**
     * What failed waits again, or ends with the reason where no solver can; unless it was given out again meanwhile.
     *
     * @throws AnswersNothing when it was not given out so often
     */
    public static void record(Handle handle, Outcome.NotReplayed nothing) {
        if (!isWanted(handle, nothing.evaluation(), nothing.example(), nothing.handout())) {
            return;
        }
        if (nothing.end() == Outcome.NotReplayed.End.IMPOSSIBLE) {
            fail(handle, nothing.evaluation(), nothing.example(), nothing.reason());
            return;
        }
        boolean wrong = nothing.end() == Outcome.NotReplayed.End.WENT_WRONG;
        handle.createUpdate("""
                        update replay_request set given_out_at = null, times_lost = times_lost + :lost,
                               trouble = coalesce(:trouble, trouble)
                        where evaluation_id = :id and example = :example and handouts = :handout
                              and failure is null and given_out_at is not null""")
                .bind("lost", wrong ? 1 : 0)
                .bind("trouble", wrong ? StorableText.text(nothing.reason()) : null)
                .bind("id", nothing.evaluation())
                .bind("example", nothing.example())
                .bind("handout", nothing.handout())
                .execute();
    }

    /** Whoever they were given out to is elsewhere: they wait again, and none of them failed. */
    public static void giveBack(Handle handle) {
        handle.execute("update replay_request set given_out_at = null where failure is null");
    }

    /** What was given out before then failed. */
    static void overdue(Handle handle, Instant before) {
        handle.createUpdate("""
                        update replay_request set given_out_at = null, times_lost = times_lost + 1,
                               trouble = 'no solver has answered'
                        where failure is null and given_out_at < :before""").bind("before", before).execute();
    }

    /** What failed so often. */
    static void giveUp(Handle handle, int failures) {
        handle.createUpdate("""
                        update replay_request
                        set failure = 'it failed ' || times_lost || ' times. The last time: ' || trouble
                                      || '. Look at the page of operations, then ask again'
                        where failure is null and times_lost >= :failures""").bind("failures", failures).execute();
    }

    private static void fail(Handle handle, UUID evaluation, int example, String reason) {
        handle.createUpdate("""
                        update replay_request set failure = :reason
                        where evaluation_id = :id and example = :example and failure is null and given_out_at is not null""")
                .bind("id", evaluation)
                .bind("example", example)
                .bind("reason", StorableText.text(reason))
                .execute();
    }
}
