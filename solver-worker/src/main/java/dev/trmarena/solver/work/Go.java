package dev.trmarena.solver.work;

import dev.trmarena.artifacts.store.ArtifactMissing;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.WorkUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** This solver's go at a unit, and what is said about it. */
record Go(WorkUnit unit, UUID delivery, Identity solver, UnitLog log) {
    /** Whatever this thread logs from now on says what it is about. */
    void named() {
        MDC.put("evaluation", unit.evaluation().toString());
        MDC.put("unit", String.valueOf(unit.index()));
    }

    void unnamed() {
        MDC.remove("evaluation");
        MDC.remove("unit");
    }

    Outcome started() {
        return new Outcome.Started(
                unit.evaluation(),
                unit.index(),
                delivery,
                solver.name(),
                solver.instance(),
                unit.round(),
                solver.device());
    }

    Outcome solved(Workshop.Answer answer) {
        return new Outcome.Solved(
                unit.evaluation(),
                unit.index(),
                delivery,
                solver.name(),
                solver.device(),
                answer.computeMillis(),
                answer.predictions());
    }

    Outcome failed(FailureKind kind, String reason) {
        return new Outcome.Failed(unit.evaluation(), unit.index(), delivery, solver.name(), kind, reason, log.lines());
    }

    Outcome returned(@Nullable FailureKind kind, String reason) {
        return new Outcome.Returned(
                unit.evaluation(), unit.index(), delivery, solver.name(), kind, reason, log.lines());
    }

    /** What sort of trouble it is. libtorch tells of memory only in words. */
    static FailureKind kind(Throwable trouble) {
        String text = trouble.toString().toLowerCase(Locale.ROOT);
        if (trouble instanceof OutOfMemoryError
                || text.contains("out of memory")
                || text.contains("can't allocate memory")) {
            return FailureKind.MEMORY;
        }
        return trouble instanceof ArtifactMissing
                        || trouble instanceof IOException
                        || trouble instanceof UncheckedIOException
                ? FailureKind.STORE
                : FailureKind.SOLVER_ERROR;
    }
}
