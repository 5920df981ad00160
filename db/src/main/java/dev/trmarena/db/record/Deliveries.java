package dev.trmarena.db.record;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.SqlArrays;
import dev.trmarena.db.StorableText;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.SolverEnded;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The deliveries of units to solvers: which there were and how each ended. */
public final class Deliveries {
    private Deliveries() {}

    private record Begun(UUID delivery, boolean news) {}

    /**
     * Numbers them in the order of the list.
     *
     * @return those of them that were not known before
     * @throws AnswersNothing when one of them is of a unit that was not given out, see {@link CheckOutcomes}
     */
    static Set<UUID> begun(Handle handle, UUID evaluation, List<Outcome.Started> deliveries) {
        List<Begun> begun = handle.createQuery("""
                        with given_out as (
                          select s.* from unnest(:deliveries, :units, :rounds, :handouts, :solvers, :instances, :devices)
                            with ordinality as s (delivery, unit, round, handout, solver, instance, device, place)
                          join work_unit w on w.evaluation_id = :id and w.idx = any(:units) and w.idx = s.unit
                          where s.handout <= w.handouts and s.round <= (select round from evaluation where id = :id)
                            and :most > (select count(*) from delivery d
                              where d.evaluation_id = :id and d.idx = s.unit and d.handout = s.handout and d.id <> s.delivery)),
                        news as (
                          insert into delivery (id, evaluation_id, idx, round, handout, solver, instance, device)
                          select delivery, :id, unit, round, handout, solver, instance, device from given_out order by place
                          on conflict do nothing returning id)
                        select g.delivery, n.id is not null as news from given_out g left join news n on n.id = g.delivery""")
                .bind("id", evaluation)
                .bind("most", CheckOutcomes.DELIVERIES_OF_A_HANDOUT)
                .bindArray("deliveries", UUID.class, SqlArrays.of(deliveries, Outcome.Started::delivery))
                .bindArray("units", Integer.class, SqlArrays.of(deliveries, Outcome.Started::unit))
                .bindArray("rounds", Integer.class, SqlArrays.of(deliveries, Outcome.Started::round))
                .bindArray("handouts", Integer.class, SqlArrays.of(deliveries, Outcome.Started::handout))
                .bindArray("solvers", String.class, SqlArrays.of(deliveries, Outcome.Started::solver))
                .bindArray("instances", UUID.class, SqlArrays.of(deliveries, Outcome.Started::instance))
                .bindArray("devices", String.class, SqlArrays.of(deliveries, Outcome.Started::device))
                .mapTo(Begun.class)
                .list();
        Set<UUID> known = begun.stream().map(Begun::delivery).collect(Collectors.toSet());
        for (Outcome.Started started : deliveries) {
            if (!known.contains(started.delivery())) {
                throw CheckOutcomes.notGivenOut(started);
            }
        }
        return begun.stream().filter(Begun::news).map(Begun::delivery).collect(Collectors.toSet());
    }

    static void solved(Handle handle, List<UUID> deliveries) {
        handle.createUpdate("""
                        update delivery set ended_at = now(), ending = :solved, log = '{}'
                        where id = any(:deliveries) and (ended_at is null or ending = :lost)""")
                .bind("solved", DeliveryEnding.SOLVED)
                .bind("lost", DeliveryEnding.LOST)
                .bindArray("deliveries", UUID.class, deliveries.toArray())
                .execute();
    }

    /** By the solver's own word, which counts more than what others made of its silence. */
    static void ended(
            Handle handle,
            UUID delivery,
            DeliveryEnding ending,
            @Nullable FailureKind kind,
            @Nullable String reason,
            List<String> log) {
        handle.createUpdate("""
                        update delivery set ended_at = now(), ending = :ending, kind = :kind, reason = :reason, log = :log
                        where id = :delivery and (ended_at is null or ending = :lost)""")
                .bind("delivery", delivery)
                .bind("ending", ending)
                .bind("lost", DeliveryEnding.LOST)
                .bind("kind", kind)
                .bind("reason", reason == null ? null : StorableText.text(reason))
                .bindArray("log", String.class, SqlArrays.of(log, StorableText::text))
                .execute();
    }

    /**
     * Whoever had this handout of the unit is gone, with the words of its supervisor if there are any.
     *
     * @param silent whether nobody told of it at all: it was waited for too long
     * @return number of deliveries that ended so
     */
    static int lost(Handle handle, UUID evaluation, int unit, int handout, boolean silent) {
        return handle.createUpdate("""
                        update delivery d set ended_at = coalesce(s.at, now()), ending = :lost,
                               kind = coalesce(s.kind, case when :silent then :silence end),
                               reason = coalesce(s.reason, case when :silent then 'nothing was heard of ' || d.solver end),
                               log = s.log
                        from delivery o left join solver_end s on s.instance = o.instance
                        where o.id = d.id and d.evaluation_id = :id and d.idx = :unit and d.handout = :handout
                          and d.ended_at is null""")
                .bind("silent", silent)
                .bind("silence", FailureKind.LOST)
                .bind("lost", DeliveryEnding.LOST)
                .bind("id", evaluation)
                .bind("unit", unit)
                .bind("handout", handout)
                .execute();
    }

    /** Whether its evaluation was taken up again since: what is heard of it then changes nothing. */
    static boolean isOfEarlierRound(Handle handle, UUID delivery) {
        return handle.createQuery("""
                        select exists (select 1 from delivery d join evaluation e on e.id = d.evaluation_id
                          where d.id = :delivery and d.round < e.round)""")
                .bind("delivery", delivery)
                .mapTo(Boolean.class)
                .one();
    }

    /** A handout of a unit. */
    record Handout(UUID evaluation, int unit, int round, int handout) {}

    /**
     * What a solver had when its process ended: what is not answered, and what the broker told of first, behind all that it had
     * answered.
     *
     * @return what is news, lost by it, in the order of evaluations and units
     */
    static List<Handout> lost(Handle handle, SolverEnded ended, Instant at) {
        return handle.createQuery("""
                        with lost as (
                          update delivery set ended_at = coalesce(ended_at, :at), ending = :lost, kind = :kind,
                                 reason = :reason, log = :log
                          where instance = :instance
                            and (ended_at is null or ending = :lost and (kind is null or kind = :silence)
                              and number > (select coalesce(max(number), 0) from delivery
                                where instance = :instance and ending <> :lost))
                          returning evaluation_id as evaluation, idx as unit, round, handout)
                        select * from lost order by evaluation, unit""")
                .bind("at", at)
                .bind("kind", ended.kind())
                .bind("reason", StorableText.text(ended.reason()))
                .bindArray("log", String.class, SqlArrays.of(ended.log(), StorableText::text))
                .bind("instance", ended.instance())
                .bind("silence", FailureKind.LOST)
                .bind("lost", DeliveryEnding.LOST)
                .mapTo(Handout.class)
                .list();
    }
}
