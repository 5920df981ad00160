package dev.trmarena.ingest.plan;

import dev.trmarena.db.plan.QueuedWork;
import dev.trmarena.http.refuse.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/**
 * So much may wait at a time, and so much of it may be one sender's. Two requests at once may each see the last place: it is the order of
 * magnitude that counts.
 */
@ApplicationScoped
class QueueLimit {
    private static final int TOO_MANY = 429;

    private final PlanConfig config;

    QueueLimit(PlanConfig config) {
        this.config = config;
    }

    /**
     * @param sender who asks for it
     * @param units of what is to be added
     * @throws Refusal 429 with both numbers and what to do
     */
    void requireRoom(Handle handle, String sender, int units) {
        requireRoom(
                QueuedWork.of(handle, sender),
                units,
                " from your address",
                config.queuedEvaluationsOfOne(),
                config.queuedUnitsOfOne(),
                "-of-one");
        requireRoom(QueuedWork.of(handle), units, "", config.queuedEvaluations(), config.queuedUnits(), "");
    }

    private static void requireRoom(
            QueuedWork queued, int units, String whose, int mostEvaluations, long mostUnits, String setting) {
        if (queued.evaluations() >= mostEvaluations) {
            throw full(
                    queued.evaluations() + " evaluations" + whose + " are not over, as many as may be",
                    "queued-evaluations" + setting);
        }
        // One that is large alone is bounded by its operations, see WorkLimit.
        if (queued.evaluations() > 0 && queued.units() + units > mostUnits) {
            throw full(
                    "evaluations" + whose + " that are not over have " + queued.units()
                            + " work units, this one would have " + units + ", and there may be " + mostUnits,
                    "queued-units" + setting);
        }
    }

    private static Refusal full(String problem, String setting) {
        return new Refusal(
                TOO_MANY,
                problem,
                "wait until some are over, or cancel what nobody needs; whoever runs the platform can raise arena.plan."
                        + setting);
    }
}
