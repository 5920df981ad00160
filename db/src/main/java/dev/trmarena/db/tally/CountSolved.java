package dev.trmarena.db.tally;

import dev.trmarena.db.board.ReadAgreements;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Counts how many models solved each task of a set. Of a model its best evaluation counts, of several repeats the first: what a board
 * ranks. All of it follows from stored test outputs, so that whoever is killed while counting, or counts beside a removal, counts anew.
 */
public final class CountSolved {
    /** Test outputs that are looked at in one transaction, about: some hundred milliseconds. */
    private static final int ROWS = 200_000;

    /** In a query in which s is a set and r its finished evaluations: equal while there is nothing to count. */
    private static final String STALE = """
            select s.id, s.kind, s.task_count, now_is.version
            from puzzle_set s left join tally t on t.puzzle_set_id = s.id
            cross join lateral (
              select case when count(*) > 0
                then concat_ws(' ', count(*), extract(epoch from max(e.finished_at)), %s) end as version
              from evaluation e where e.puzzle_set_id = s.id and e.state = :finished) now_is
            where now_is.version is distinct from t.version
            order by s.task_count, s.created_at, s.id limit 1""".formatted(ReadPuzzleSets.MAIN_METRIC);

    private static final String COUNTED = """
            select id from (
              select distinct on (model) id, value, finished_at from (
                select e.id, e.model, e.finished_at, own.value, %s as run
                from evaluation e join puzzle_set s on s.id = e.puzzle_set_id
                left join score own on own.evaluation_id = e.id and own.metric = %s
                where e.puzzle_set_id = :set and e.state = :finished) runs
              where run = 1
              order by model, value desc nulls last, finished_at, id) best
            order by value desc nulls last, finished_at, id""".formatted(ReadAgreements.RUN, ReadPuzzleSets.MAIN_METRIC);

    /** A task that an evaluation has no outputs of was not solved by it. */
    private static final String PIECE = """
            insert into task_tally (puzzle_set_id, task, solved)
            select s.id, each.task, coalesce(went.models, 0)
            from puzzle_set s cross join generate_series(:from, :until - 1) as each (task)
            left join (
              select task, count(*) as models from (
                select t.evaluation_id, t.task from test_output t
                where t.evaluation_id = any(:evaluations) and t.task >= :from and t.task < :until
                group by t.evaluation_id, t.task
                having bool_and(coalesce(t.solution_rank <= :attempts, false))) solved
              group by task) went on went.task = each.task
            where s.id = :set
            on conflict (puzzle_set_id, task) do update set solved = excluded.solved
            where task_tally.solved <> excluded.solved""";

    private CountSolved() {}

    /**
     * The set that is to be counted next.
     *
     * @param version null when nothing on it is finished any more
     */
    private record Stale(
            UUID id,
            PuzzleKind kind,
            int taskCount,
            @Nullable String version) {}

    /**
     * Counts the smallest set whose evaluations are others than those that were counted, some tasks in each transaction. Nobody waits
     * for it; until all of its tasks are counted, what was counted before is said to be of the evaluations before.
     *
     * @param getsOn called before each transaction
     * @return false when there is none, or when somebody else is counting
     */
    public static boolean next(Jdbi jdbi, Runnable getsOn) {
        return next(jdbi, ROWS, getsOn);
    }

    /** @param rows test outputs that are looked at in one transaction, about */
    static boolean next(Jdbi jdbi, int rows, Runnable getsOn) {
        return jdbi.withHandle(handle -> {
            if (!handle.createQuery("select pg_try_advisory_lock(hashtext('tally'))")
                    .mapTo(Boolean.class)
                    .one()) {
                return false;
            }
            try {
                Optional<Stale> stale = handle.createQuery(STALE)
                        .bind("finished", EvaluationState.FINISHED)
                        .map((row, context) -> new Stale(
                                row.getObject("id", UUID.class),
                                PuzzleKind.named(row.getString("kind")),
                                row.getInt("task_count"),
                                row.getString("version")))
                        .findOne();
                stale.ifPresent(set -> count(handle, set, rows, getsOn));
                return stale.isPresent();
            } finally {
                handle.execute("select pg_advisory_unlock(hashtext('tally'))");
            }
        });
    }

    private static void count(Handle handle, Stale set, int rows, Runnable getsOn) {
        List<UUID> evaluations = handle.createQuery(COUNTED)
                .bind("set", set.id())
                .bind("finished", EvaluationState.FINISHED)
                .mapTo(UUID.class)
                .list();
        if (set.version() == null || evaluations.isEmpty()) {
            handle.useTransaction(nothing -> {
                nothing.execute("delete from tally where puzzle_set_id = ?", set.id());
                nothing.execute("delete from task_tally where puzzle_set_id = ?", set.id());
            });
            return;
        }
        int piece = Math.max(1, rows / evaluations.size());
        for (int from = 0; from < set.taskCount(); from += piece) {
            getsOn.run();
            int first = from;
            handle.useTransaction(some -> some.createUpdate(PIECE)
                    .bind("set", set.id())
                    .bind("from", first)
                    .bind("until", Math.min(first + piece, set.taskCount()))
                    .bind("attempts", set.kind().attempts())
                    .bindArray("evaluations", UUID.class, evaluations.toArray())
                    .execute());
        }
        getsOn.run();
        handle.useTransaction(end -> write(end, set, evaluations));
    }

    /** Unless the set has gone meanwhile; evaluations that have are counted no more the next time. */
    private static void write(Handle handle, Stale set, List<UUID> evaluations) {
        handle.execute("delete from tallied_evaluation where puzzle_set_id = ?", set.id());
        handle.createUpdate("""
                        insert into tally (puzzle_set_id, version, evaluations, nobody, one, everybody)
                        select s.id, :version, :evaluations, went.nobody, went.one, went.everybody
                        from puzzle_set s cross join (
                          select count(*) filter (where solved = 0) as nobody, count(*) filter (where solved = 1) as one,
                                 count(*) filter (where solved = :evaluations) as everybody
                          from task_tally where puzzle_set_id = :set) went
                        where s.id = :set
                        on conflict (puzzle_set_id) do update set version = excluded.version, evaluations = excluded.evaluations,
                          nobody = excluded.nobody, one = excluded.one, everybody = excluded.everybody""")
                .bind("set", set.id())
                .bind("version", set.version())
                .bind("evaluations", evaluations.size())
                .execute();
        handle.createUpdate("""
                        insert into tallied_evaluation (puzzle_set_id, place, evaluation_id)
                        select t.puzzle_set_id, counted.place, e.id
                        from unnest(:evaluations) with ordinality as counted (id, place)
                        join evaluation e on e.id = counted.id join tally t on t.puzzle_set_id = :set
                        for key share of e""")
                .bind("set", set.id())
                .bindArray("evaluations", UUID.class, evaluations.toArray())
                .execute();
    }
}
