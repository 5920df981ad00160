package dev.trmarena.db.record;

import dev.trmarena.db.SqlArrays;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.WorkUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The deliveries of units to solvers: which there were and how each ended. */
public final class Deliveries {
    /** Stands before the reason of the last delivery that failed. */
    static final String LAST_ERROR = "; the last error was: ";

    /** Instead of it. */
    static final String SILENCE = "; none of them said why";

    private Deliveries() {}

    /**
     * Numbers them in the order of the list.
     *
     * @return those of them that were not known before
     */
    static Set<UUID> begun(Handle handle, UUID evaluation, List<Outcome.Started> deliveries) {
        return handle.createQuery("""
                        insert into delivery (id, evaluation_id, idx, round, solver, instance, device)
                        select s.delivery, :id, s.unit, s.round, s.solver, s.instance, s.device
                        from unnest(:deliveries, :units, :rounds, :solvers, :instances, :devices)
                          with ordinality as s (delivery, unit, round, solver, instance, device, place)
                        where exists (select 1 from work_unit where evaluation_id = :id and idx = s.unit)
                        order by s.place
                        on conflict do nothing returning id""")
                .bind("id", evaluation)
                .bindArray("deliveries", UUID.class, SqlArrays.of(deliveries, Outcome.Started::delivery))
                .bindArray("units", Integer.class, SqlArrays.of(deliveries, Outcome.Started::unit))
                .bindArray("rounds", Integer.class, SqlArrays.of(deliveries, Outcome.Started::round))
                .bindArray("solvers", String.class, SqlArrays.of(deliveries, Outcome.Started::solver))
                .bindArray("instances", UUID.class, SqlArrays.of(deliveries, Outcome.Started::instance))
                .bindArray("devices", String.class, SqlArrays.of(deliveries, Outcome.Started::device))
                .mapTo(UUID.class)
                .set();
    }

    static void solved(Handle handle, List<UUID> deliveries) {
        handle.createUpdate("""
                        update delivery set ended_at = now(), ending = 'solved', log = '{}'
                        where id = any(:deliveries) and ended_at is null""")
                .bindArray("deliveries", UUID.class, deliveries.toArray())
                .execute();
    }

    static void ended(
            Handle handle,
            UUID delivery,
            String ending,
            @Nullable FailureKind kind,
            @Nullable String reason,
            List<String> log) {
        handle.createUpdate("""
                        update delivery set ended_at = now(), ending = :ending, kind = :kind, reason = :reason, log = :log
                        where id = :delivery and ended_at is null""")
                .bind("delivery", delivery)
                .bind("ending", ending)
                .bind("kind", kind == null ? null : kind.key())
                .bind("reason", reason == null ? null : StorableText.text(reason))
                .bindArray("log", String.class, SqlArrays.of(log, StorableText::text))
                .execute();
    }

    /**
     * How a unit that the broker gave up went wrong.
     *
     * @param deliveries of this round
     * @param bad those that met an error, or ended without a word: the broker gives a unit up when none of them goes on
     * @param kind of the last that met an error; null when none did
     * @param reason of that one
     * @param log of that one
     * @param solvers that had it
     */
    public record Story(
            int deliveries,
            int bad,
            @Nullable FailureKind kind,
            @Nullable String reason,
            List<String> log,
            String solvers) {
        /** The last error, to be put behind what happened to the unit; without one, that nobody told of it. */
        public String because() {
            return reason == null ? SILENCE : LAST_ERROR + reason;
        }
    }

    /** Of the unit's round. */
    public static Story of(Handle handle, WorkUnit unit) {
        return of(handle, unit.evaluation(), unit.index(), unit.round());
    }

    /** A delivery that is open ended with its solver, if that is known to have ended. */
    public static Story of(Handle handle, UUID evaluation, int unit, int round) {
        record Ended(
                boolean bad,
                @Nullable String kind,
                @Nullable String reason,
                List<String> log,
                String solver) {}
        List<Ended> deliveries = handle.createQuery("""
                        select coalesce(d.kind, s.kind) as kind, coalesce(d.log, s.log) as log, d.solver,
                               coalesce(d.reason, s.reason || ' while it had unit ' || d.idx) as reason,
                               d.kind is not null or d.ended_at is null as bad
                        from delivery d left join solver_end s on s.instance = d.instance and d.ended_at is null
                        where d.evaluation_id = :id and d.idx = :unit and d.round = :round
                        order by d.number""")
                .bind("id", evaluation)
                .bind("unit", unit)
                .bind("round", round)
                .map((row, context) -> new Ended(
                        row.getBoolean("bad"),
                        row.getString("kind"),
                        row.getString("reason"),
                        SqlArrays.texts(row, "log"),
                        row.getString("solver")))
                .list();
        Ended last = deliveries.stream()
                .filter(each -> each.kind() != null)
                .reduce((a, b) -> b)
                .orElse(null);
        String kind = last == null ? null : last.kind();
        return new Story(
                deliveries.size(),
                (int) deliveries.stream().filter(Ended::bad).count(),
                kind == null ? null : FailureKind.of(kind),
                last == null ? null : last.reason(),
                last == null ? List.of() : last.log(),
                String.join(
                        ", ", deliveries.stream().map(Ended::solver).distinct().toList()));
    }
}
