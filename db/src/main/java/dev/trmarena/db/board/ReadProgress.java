package dev.trmarena.db.board;

import dev.trmarena.db.record.UnsolvedUnit;
import dev.trmarena.messages.EvaluationState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * How far the evaluations have come that are not over. Read when the first of them is asked for: most answers are about one
 * that is over, and what others wait for is no business of theirs. A mapper of its own, since it is the answer of another query:
 * the column holds the id of an evaluation that is not over.
 */
final class ReadProgress implements ColumnMapper<ProgressView> {
    private final Handle handle;
    private @Nullable Map<UUID, ProgressView> open;

    ReadProgress(Handle handle) {
        this.handle = handle;
    }

    /** @return null where the column is: the evaluation is over */
    @Override
    public @Nullable ProgressView map(ResultSet row, int column, StatementContext context) throws SQLException {
        UUID evaluation = row.getObject(column, UUID.class);
        if (evaluation == null) {
            return null;
        }
        if (open == null) {
            open = ofOpen(handle);
        }
        return open.get(evaluation);
    }

    private static Map<UUID, ProgressView> ofOpen(Handle handle) {
        List<SolverView> atWork = ReadSolvers.atWork(handle);
        return handle.createQuery("""
                        with open as (
                          select e.id, e.state, e.is_working, e.started_at, e.created_at, e.example_count,
                                 count(u.idx) filter (where %1$s) + e.unit_count - units_made(e) as waiting,
                                 count(*) filter (where %2$s) as in_flight,
                                 coalesce(sum(u.example_count) filter (where u.solved_at is not null), 0) as done,
                                 coalesce(sum(u.example_count) filter (where u.solved_at > now() - interval '1 minute'), 0)
                                   as lately,
                                 max(u.heard_at) as heard_at
                          from evaluation e left join work_unit u on u.evaluation_id = e.id
                          where not e.is_over
                          group by e.id)
                        select *, coalesce(extract(epoch from now() - started_at), 0) as seconds,
                               count(*) filter (where waiting > 0 and is_working) over () as sharing,
                               case when state = :queued and in_flight = 0 then
                                 row_number() over (partition by state = :queued and in_flight = 0 order by created_at, id)
                               end as position
                        from open""".formatted(UnsolvedUnit.IS_WAITING, UnsolvedUnit.IS_IN_FLIGHT))
                .bind("queued", EvaluationState.QUEUED)
                .mapTo(OpenEvaluation.class)
                .collectToMap(OpenEvaluation::id, open -> open.view(atWork));
    }

    /**
     * @param seconds since its first unit was begun; 0 before
     * @param lately examples of the last minute
     * @param sharing evaluations that have units waiting
     */
    private record OpenEvaluation(
            UUID id,
            EvaluationState state,
            int exampleCount,
            int waiting,
            int inFlight,
            int done,
            int lately,
            @Nullable Instant heardAt,
            double seconds,
            int sharing,
            @Nullable Integer position) {
        ProgressView view(List<SolverView> atWork) {
            Double rate = rate();
            boolean competes = waiting > 0 && state.isWorking();
            return new ProgressView(
                    waiting,
                    inFlight,
                    position,
                    sharing - (competes ? 1 : 0),
                    rate,
                    rate == null ? null : Double.valueOf(Math.rint((exampleCount - done) / rate)),
                    heardAt,
                    atWork.stream()
                            .filter(solver -> id.equals(solver.evaluation()))
                            .toList());
        }

        /** Of the last minute, or since its beginning when that has nothing to tell. */
        private @Nullable Double rate() {
            if (done == 0 || seconds <= 0 || !state.isWorking()) {
                return null;
            }
            return rounded(lately > 0 ? lately / Math.min(seconds, 60) : done / seconds);
        }
    }

    /** Two digits: more would only move all the time. */
    private static double rounded(double rate) {
        return new BigDecimal(rate).round(new MathContext(2)).doubleValue();
    }
}
