package dev.trmarena.ingest.plan;

import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.QueuedWork;
import dev.trmarena.http.refuse.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/**
 * So much may wait at a time, whoever asked for it. Two requests at once may each see the last place: it is the order of magnitude
 * that counts.
 */
@ApplicationScoped
class QueueLimit {
    private static final int TOO_MANY = 429;

    private final PlanConfig config;

    QueueLimit(PlanConfig config) {
        this.config = config;
    }

    /** @throws Refusal 429 with both numbers and what to do */
    void requireRoom(Handle handle, NewEvaluation evaluation) {
        QueuedWork queued = QueuedWork.of(handle);
        if (queued.evaluations() >= config.queuedEvaluations()) {
            throw full(queued.evaluations() + " evaluations are not over, as many as may be", "queued-evaluations");
        }
        // One that is large alone is bounded by its operations, see WorkLimit.
        if (queued.evaluations() > 0 && queued.units() + evaluation.units().size() > config.queuedUnits()) {
            throw full(
                    "evaluations that are not over have " + queued.units() + " work units, this one would have "
                            + evaluation.units().size() + ", and there may be " + config.queuedUnits(),
                    "queued-units");
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
