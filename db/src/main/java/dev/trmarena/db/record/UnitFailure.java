package dev.trmarena.db.record;

import dev.trmarena.messages.FailureKind;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A unit whose deliveries failed, in the words of its evaluation's failure.
 *
 * @param kind of the last delivery that met an error
 * @param reason what was wrong and where
 * @param log the last lines of the solver that met it
 */
public record UnitFailure(FailureKind kind, String reason, List<String> log) {
    private record FailedDelivery(
            @Nullable FailureKind kind, @Nullable String reason, List<String> log, String solver) {}

    private record Unit(int firstExample, int endExample, int round, int timesLost) {}

    /** Of the evaluation's round. */
    public static UnitFailure of(Handle handle, UUID evaluation, int index) {
        Unit unit = handle.createQuery("""
                        select u.first_example, u.end_example, e.round, u.times_lost
                        from work_unit u join evaluation e on e.id = u.evaluation_id
                        where u.evaluation_id = :id and u.idx = :unit""")
                .bind("id", evaluation)
                .bind("unit", index)
                .mapTo(Unit.class)
                .one();
        List<FailedDelivery> failed = handle.createQuery("""
                        select d.kind, coalesce(d.log, '{}') as log, d.solver,
                               d.reason || case d.ending when :lost then ' while it had unit ' || d.idx else '' end as reason
                        from delivery d
                        where d.evaluation_id = :id and d.idx = :unit and d.round = :round and d.came_to_nothing
                        order by d.number""")
                .bind("id", evaluation)
                .bind("unit", index)
                .bind("round", unit.round())
                .bind("lost", DeliveryEnding.LOST)
                .mapTo(FailedDelivery.class)
                .list();
        String what = "unit " + index + " (examples " + unit.firstExample() + " to " + (unit.endExample() - 1) + ")";
        if (failed.isEmpty()) {
            return new UnitFailure(
                    FailureKind.LOST,
                    what + " was given out " + unit.timesLost() + " times, and no solver took it",
                    List.of());
        }
        String solvers = String.join(
                ", ", failed.stream().map(FailedDelivery::solver).distinct().toList());
        String often = what + " went wrong " + (failed.size() + unit.timesLost()) + " times, on " + solvers;
        return failed.stream()
                .filter(each -> each.kind() != null)
                .reduce((before, last) -> last)
                .map(last -> new UnitFailure(
                        Objects.requireNonNull(last.kind()),
                        often + "; the last error was: " + last.reason(),
                        last.log()))
                .orElse(new UnitFailure(FailureKind.SOLVER_ENDED, often + "; none of them said why", List.of()));
    }
}
