package dev.trmarena.db.dispatch;

import dev.trmarena.db.EvaluationHistory;
import dev.trmarena.db.record.TriedSolver;
import dev.trmarena.db.record.UnsolvedUnit;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Nothing waits for ever: what has been silent past its deadline waits to be given out again, or ends with a reason. A dead
 * solver's unit is heard of within seconds; this is for what the broker lost or never had. It waits for nobody: an evaluation that
 * somebody else is recording something of is looked at the next time.
 */
public final class ReapOverdue {
    private ReapOverdue() {}

    /**
     * @param silent a unit that a solver had, and that no solver that took it up has spoken of since. A solver speaks of one unit of
     *     those that it solves together, and so of all that it began and did not answer of the same evaluation
     * @param untouched a unit in the topic that no solver took, although one is idle that took up others, or all are new
     * @param noProgress an evaluation none of whose units was heard of, nor any training step
     * @param paused an evaluation that nobody resumed
     */
    public record Deadlines(Duration silent, Duration untouched, Duration noProgress, Duration paused) {}

    /** How many units wait again, and how many evaluations were ended. */
    public record Counts(int units, int evaluations) {}

    private record LostUnit(UUID evaluation, int unit, int handout) {}

    private record StuckEvaluation(UUID evaluation, boolean solverLives, boolean allSolved) {}

    /** Must run in a transaction. @param now of whoever decides what is late; compared with times of the database */
    public static Counts reap(Handle handle, Instant now, Deadlines deadlines) {
        List<LostUnit> lost = lost(handle, now, deadlines);
        int units = 0;
        for (LostUnit each : lost) {
            if (WorkUnits.lost(handle, each.evaluation(), each.unit(), each.handout(), true)) {
                units++;
                EvaluationHistory.add(
                        handle,
                        each.evaluation(),
                        HistoryEvent.REAPED,
                        "nothing was heard of unit " + each.unit() + ": it is given out again");
            }
        }
        int ended = 0;
        for (StuckEvaluation stuck : stuck(handle, now, deadlines)) {
            ended++;
            end(handle, stuck, deadlines);
        }
        return new Counts(units, ended + cancelForgotten(handle, now, deadlines));
    }

    private static List<LostUnit> lost(Handle handle, Instant now, Deadlines deadlines) {
        return handle.createQuery("""
                        select u.evaluation_id as evaluation, u.idx as unit, u.handouts as handout
                        from work_unit u join evaluation e on e.id = u.evaluation_id
                        where e.is_working and %s
                          and (u.heard_at < :silent
                               or u.heard_at is null and u.given_out_at < :untouched and exists (
                                 select 1 from solver s
                                 where lives(s, :now) and s.evaluation_id is null and s.started_at < :untouched
                                   and (%s or not exists (select 1 from solver t join delivery d on d.instance = t.instance
                                     where lives(t, :now)))))
                          and not exists (select 1 from solver s join delivery d on d.instance = s.instance
                            where s.evaluation_id = u.evaluation_id and lives(s, :now)
                              and d.evaluation_id = u.evaluation_id and d.idx = u.idx
                              and (s.idx = u.idx or d.ended_at is null))
                        order by e.id, u.idx for update of e skip locked""".formatted(UnsolvedUnit.IS_IN_FLIGHT, TriedSolver.IS_TRIED))
                .bind("silent", now.minus(deadlines.silent()))
                .bind("untouched", now.minus(deadlines.untouched()))
                .bind("now", now)
                .mapTo(LostUnit.class)
                .list();
    }

    private static List<StuckEvaluation> stuck(Handle handle, Instant now, Deadlines deadlines) {
        return handle.createQuery("""
                        select e.id as evaluation, exists (select 1 from solver s where lives(s, :now)) as solver_lives,
                               all_solved(e) as all_solved
                        from evaluation e
                        where e.is_working and e.since < :late
                          and not exists (select 1 from work_unit u
                            where u.evaluation_id = e.id and greatest(u.heard_at, u.solved_at) >= :late)
                          and not exists (select 1 from adaptation a where a.evaluation_id = e.id and a.heard_at >= :late)
                        order by e.id for update of e skip locked""")
                .bind("now", now)
                .bind("late", now.minus(deadlines.noProgress()))
                .mapTo(StuckEvaluation.class)
                .list();
    }

    private static void end(Handle handle, StuckEvaluation stuck, Deadlines deadlines) {
        FailureKind kind;
        if (stuck.allSolved()) {
            kind = FailureKind.UNSCORABLE;
        } else {
            kind = stuck.solverLives() ? FailureKind.LOST : FailureKind.NO_SOLVER;
        }
        WorkUnits.failed(
                handle, stuck.evaluation(), kind, "nothing happened for " + words(deadlines.noProgress()), List.of());
    }

    private static int cancelForgotten(Handle handle, Instant now, Deadlines deadlines) {
        List<UUID> forgotten = handle.createQuery("""
                        update evaluation set state = :cancelled, finished_at = now(), since = now()
                        where id in (select id from evaluation where state = :paused and since < :late
                                     order by id for update skip locked)
                        returning id""")
                .bind("cancelled", EvaluationState.CANCELLED)
                .bind("paused", EvaluationState.PAUSED)
                .bind("late", now.minus(deadlines.paused()))
                .mapTo(UUID.class)
                .list();
        for (UUID evaluation : forgotten) {
            EvaluationHistory.add(
                    handle,
                    evaluation,
                    HistoryEvent.CANCELLED,
                    "it was paused for " + words(deadlines.paused()) + "; a retry takes it up again");
        }
        return forgotten.size();
    }

    private static String words(Duration time) {
        if (time.toDays() > 1) {
            return time.toDays() + " days";
        }
        return time.toHours() > 0 ? time.toHours() + " hours" : time.toSeconds() + " seconds";
    }
}
