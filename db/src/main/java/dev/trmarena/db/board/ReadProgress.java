package dev.trmarena.db.board;

import dev.trmarena.messages.EvaluationState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How far the evaluations have come that are not over. Read when the first of them is asked for: most answers are about one
 * that is over, and what others wait for is no business of theirs.
 */
final class ReadProgress {
    private final Handle handle;
    private @Nullable Map<UUID, ProgressView> open;

    ReadProgress(Handle handle) {
        this.handle = handle;
    }

    /** @return null when the evaluation is over */
    @Nullable
    ProgressView of(UUID evaluation, EvaluationState state) {
        if (state.isOver()) {
            return null;
        }
        if (open == null) {
            open = ofOpen(handle);
        }
        return open.get(evaluation);
    }

    private static Map<UUID, ProgressView> ofOpen(Handle handle) {
        Map<UUID, ProgressView> progress = new HashMap<>();
        List<SolverView> atWork = ReadSolvers.atWork(handle);
        handle.createQuery("""
                        with open as (
                          select e.id, e.state, e.started_at, e.created_at, e.example_count,
                                 count(*) filter (where u.solved_at is null and u.given_out_at is null) as waiting,
                                 count(*) filter (where u.solved_at is null and u.given_out_at is not null) as in_flight,
                                 coalesce(sum(u.example_count) filter (where u.solved_at is not null), 0) as done,
                                 coalesce(sum(u.example_count) filter (where u.solved_at > now() - interval '1 minute'), 0)
                                   as lately,
                                 max(u.heard_at) as heard_at
                          from evaluation e join work_unit u on u.evaluation_id = e.id
                          where not e.is_over
                          group by e.id)
                        select *, extract(epoch from now() - started_at) as seconds,
                               count(*) filter (where waiting > 0 and state <> 'paused') over () as sharing,
                               case when state = 'queued' and in_flight = 0 then
                                 row_number() over (partition by state = 'queued' and in_flight = 0 order by created_at, id)
                               end as position
                        from open""")
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), view(row, atWork)))
                .forEach(entry -> progress.put(entry.getKey(), entry.getValue()));
        return progress;
    }

    private static ProgressView view(ResultSet row, List<SolverView> atWork) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Double rate = rate(row);
        int left = row.getInt("example_count") - row.getInt("done");
        boolean competes = row.getInt("waiting") > 0 && !paused(row);
        Long position = row.getObject("position", Long.class);
        var heardAt = row.getTimestamp("heard_at");
        return new ProgressView(
                row.getInt("waiting"),
                row.getInt("in_flight"),
                position == null ? null : Math.toIntExact(position),
                row.getInt("sharing") - (competes ? 1 : 0),
                rate,
                rate == null ? null : Double.valueOf(Math.rint(left / rate)),
                heardAt == null ? null : heardAt.toInstant(),
                atWork.stream().filter(solver -> id.equals(solver.evaluation())).toList());
    }

    /** Of the last minute, or since its beginning when that has nothing to tell. */
    private static @Nullable Double rate(ResultSet row) throws SQLException {
        double seconds = row.getDouble("seconds");
        long done = row.getLong("done");
        long lately = row.getLong("lately");
        if (done == 0 || seconds <= 0 || paused(row)) {
            return null;
        }
        return rounded(lately > 0 ? lately / Math.min(seconds, 60) : done / seconds);
    }

    private static boolean paused(ResultSet row) throws SQLException {
        return EvaluationState.of(row.getString("state")) == EvaluationState.PAUSED;
    }

    /** Two digits: more would only move all the time. */
    private static double rounded(double rate) {
        return new BigDecimal(rate).round(new MathContext(2)).doubleValue();
    }
}
