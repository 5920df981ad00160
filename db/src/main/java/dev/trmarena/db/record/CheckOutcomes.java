package dev.trmarena.db.record;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.SqlArrays;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of solvers: that they took up what was given out, and their answers to what they took up. A solver says that it
 * began, waits until the broker has that, and says everything else later and into the same partition: an answer without a
 * beginning is none of a solver's. Must be asked while the evaluation is locked.
 */
public final class CheckOutcomes {
    /** The broker hands a record out ten times at most, and forgets a few of them when it is killed. */
    static final int DELIVERIES_OF_A_HANDOUT = 20;

    private record Said(
            @Nullable Integer firstExample,
            @Nullable Integer endExample,
            @Nullable Integer exampleCount,
            boolean begun) {}

    private CheckOutcomes() {}

    /**
     * Each answers a delivery that its solver began, with the examples of the unit, ascending; which of these the protocol runs, the
     * caller knows.
     *
     * @param outcomes of one evaluation
     * @throws AnswersNothing when there is no such unit, or its solver did not begin it
     * @throws IllegalArgumentException when the predictions are not its examples
     */
    static void solved(Handle handle, UUID evaluation, List<Outcome.Solved> outcomes) {
        // Units and deliveries are named twice: a join alone would be made by reading all of the evaluation.
        List<Said> said = handle.createQuery("""
                        select w.first_example, w.end_example, w.example_count, d.id is not null as begun
                        from unnest(:units, :deliveries, :solvers) with ordinality as o (unit, delivery, solver, place)
                        left join work_unit w on w.evaluation_id = :id and w.idx = any(:units) and w.idx = o.unit
                        left join delivery d on d.id = any(:deliveries) and d.id = o.delivery and d.evaluation_id = :id
                          and d.idx = o.unit and d.solver = o.solver
                        order by o.place""")
                .bind("id", evaluation)
                .bindArray("units", Integer.class, SqlArrays.of(outcomes, Outcome.Solved::unit))
                .bindArray("deliveries", UUID.class, SqlArrays.of(outcomes, Outcome.Solved::delivery))
                .bindArray("solvers", String.class, SqlArrays.of(outcomes, Outcome.Solved::solver))
                .mapTo(Said.class)
                .list();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome.Solved outcome = outcomes.get(i);
            Said known = said.get(i);
            if (!known.begun()) {
                throw notBegun(outcome, outcome.delivery());
            }
            if (known.firstExample() == null || known.endExample() == null || known.exampleCount() == null) {
                throw noUnit(evaluation, outcome.unit());
            }
            requireExamples(outcome, known.firstExample(), known.endExample(), known.exampleCount());
        }
    }

    private static void requireExamples(Outcome.Solved outcome, int firstExample, int endExample, int exampleCount) {
        boolean fits = outcome.predictions().size() == exampleCount;
        int before = firstExample - 1;
        for (Prediction prediction : outcome.predictions()) {
            fits &= prediction.example() > before && prediction.example() < endExample;
            before = prediction.example();
        }
        if (!fits) {
            throw new IllegalArgumentException("unit " + outcome.unit() + " of evaluation " + outcome.evaluation()
                    + " is " + exampleCount + " of the examples " + firstExample + " to " + (endExample - 1)
                    + ", the outcome has others");
        }
    }

    /** @throws AnswersNothing unless the solver of the outcome began this delivery of its unit */
    static void begun(Handle handle, Outcome outcome, UUID delivery) {
        boolean begun = handle.createQuery("""
                        select exists (select 1 from delivery
                          where id = :delivery and evaluation_id = :id and idx = :unit and solver = :solver)""")
                .bind("delivery", delivery)
                .bind("id", outcome.evaluation())
                .bind("unit", outcome.unit())
                .bind("solver", outcome.solver())
                .mapTo(Boolean.class)
                .one();
        if (!begun) {
            throw notBegun(outcome, delivery);
        }
    }

    /** @throws AnswersNothing unless the unit was given out so often */
    public static void givenOut(Handle handle, UUID evaluation, int unit, int handout) {
        int handouts = handle.createQuery("select handouts from work_unit where evaluation_id = :id and idx = :unit")
                .bind("id", evaluation)
                .bind("unit", unit)
                .mapTo(Integer.class)
                .findOne()
                .orElseThrow(() -> noUnit(evaluation, unit));
        if (handout > handouts) {
            throw new AnswersNothing("unit " + unit + " of evaluation " + evaluation + " was given out " + handouts
                    + " times, the message is of time " + handout);
        }
    }

    /** What {@link Deliveries#begun} did not take. */
    static AnswersNothing notGivenOut(Outcome.Started started) {
        return new AnswersNothing("solver " + started.solver() + " took up unit " + started.unit() + " of evaluation "
                + started.evaluation() + ", which was not given out in round " + started.round() + " for the time "
                + started.handout() + ", or to too many already");
    }

    private static AnswersNothing notBegun(Outcome outcome, UUID delivery) {
        return new AnswersNothing("solver " + outcome.solver() + " did not begin delivery " + delivery + " of unit "
                + outcome.unit() + " of evaluation " + outcome.evaluation());
    }

    private static AnswersNothing noUnit(UUID evaluation, int unit) {
        return new AnswersNothing("evaluation " + evaluation + " has given out no unit " + unit);
    }
}
