package dev.trmarena.db.board;

import dev.trmarena.messages.FailureKind;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What happened to an evaluation. */
public final class ReadHistory {
    private static final int MOST = 500;

    private ReadHistory() {}

    /** The last events and troubles, oldest first. */
    public static HistoryView of(Handle handle, UUID evaluation) {
        return new HistoryView(events(handle, evaluation), troubles(handle, evaluation));
    }

    private static List<HistoryView.Event> events(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select * from (
                          select id, at, event, detail from evaluation_event where evaluation_id = :id
                          order by id desc limit :most) last
                        order by id""")
                .bind("id", evaluation)
                .bind("most", MOST)
                .mapTo(HistoryView.Event.class)
                .list();
    }

    /** Deliveries that met an error, and those whose solver went without a word. */
    private static List<HistoryView.Trouble> troubles(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select * from (
                          select d.number, d.idx as unit, d.solver, d.device, d.started_at, d.ended_at,
                                 coalesce(d.kind, :silent) as kind, d.reason, coalesce(d.log, '{}') as log
                          from delivery d where d.evaluation_id = :id and d.came_to_nothing
                          order by d.number desc limit :most) last
                        order by number""")
                .bind("id", evaluation)
                .bind("most", MOST)
                .bind("silent", FailureKind.SOLVER_ENDED)
                .mapTo(HistoryView.Trouble.class)
                .list();
    }
}
