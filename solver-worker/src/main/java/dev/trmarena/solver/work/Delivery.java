package dev.trmarena.solver.work;

import dev.trmarena.artifacts.store.ArtifactMissing;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Outcome.NotReplayed.End;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.traces.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A unit that was delivered to this solver, and what is said about it. @param id of the delivery @param begun lines of the log before it */
record Delivery(WorkUnit unit, UUID id, Identity solver, UnitLog log, long begun, Span span) {
    /** Begins now. @param parent the span that gave the unit out; null when it is in no trace */
    static Delivery at(WorkUnit unit, Identity solver, UnitLog log, Traces traces, @Nullable String parent) {
        UUID id = UUID.randomUUID();
        Span span = traces.resume("solve unit", SpanKind.CONSUMER, parent);
        span.setAttribute("evaluation", unit.evaluation().toString());
        span.setAttribute("unit", unit.index());
        span.setAttribute("delivery", id.toString());
        span.setAttribute("examples", unit.exampleCount());
        span.setAttribute("device", solver.device());
        span.setAttribute("solver", solver.name());
        return new Delivery(unit, id, solver, log, log.now(), span);
    }

    /** What is said about it, for its evaluation's partition. */
    ProducerRecord<String, byte[]> message(Outcome outcome) {
        var record = new ProducerRecord<>(Topics.OUTCOMES, outcome.evaluation().toString(), Json.write(outcome));
        byte[] traceparent = Traces.bytes(Traces.traceparent(span));
        if (traceparent != null) {
            record.headers().add(Traces.TRACEPARENT, traceparent);
        }
        return record;
    }

    /** Whatever this thread logs from now on says what it is about. */
    void named() {
        MDC.put("evaluation", unit.evaluation().toString());
        MDC.put("unit", String.valueOf(unit.index()));
        if (span.getSpanContext().isValid()) {
            MDC.put(Traces.LOG_FIELD, span.getSpanContext().getTraceId());
        }
    }

    void unnamed() {
        MDC.remove("evaluation");
        MDC.remove("unit");
        MDC.remove(Traces.LOG_FIELD);
    }

    Outcome started() {
        return new Outcome.Started(
                unit.evaluation(),
                unit.index(),
                id,
                solver.name(),
                solver.instance(),
                unit.round(),
                unit.handout(),
                solver.device());
    }

    /** Not the first one of this unit: whoever had it is gone. */
    Outcome redelivered() {
        if (unit.purpose() != Purpose.SCORE) {
            return nothing(End.WENT_WRONG, FailureKind.SOLVER_ENDED, "whoever had it ended, and did not say why");
        }
        return new Outcome.Redelivered(unit.evaluation(), unit.index(), unit.handout(), solver.name());
    }

    Outcome solved(UnitSolver.Answer answer) {
        if (unit.purpose() == Purpose.REPLAY) {
            return new Outcome.Replayed(
                    unit.evaluation(),
                    unit.index(),
                    solver.name(),
                    answer.predictions().get(0));
        }
        if (unit.purpose() == Purpose.CANARY) {
            return new Outcome.CanaryAnswer(
                    unit.evaluation(), unit.index(), solver.name(), unit.handout(), answer.predictions());
        }
        if (unit.purpose() == Purpose.ADAPT) {
            UnitSolver.Leg leg = Objects.requireNonNull(answer.leg(), "leg");
            return new Outcome.Adapted(
                    unit.evaluation(),
                    unit.index(),
                    solver.name(),
                    unit.handout(),
                    solver.device(),
                    answer.computeMillis(),
                    leg.file(),
                    leg.lmLosses());
        }
        return new Outcome.Solved(
                unit.evaluation(),
                unit.index(),
                id,
                solver.name(),
                solver.device(),
                answer.kernels(),
                answer.computeMillis(),
                answer.predictions());
    }

    Outcome failed(FailureKind kind, String reason) {
        wentWrong(kind, reason);
        if (unit.purpose() != Purpose.SCORE) {
            return nothing(End.IMPOSSIBLE, kind, reason);
        }
        return new Outcome.Failed(unit.evaluation(), unit.index(), id, solver.name(), kind, reason, log.since(begun));
    }

    Outcome returned(@Nullable FailureKind kind, String reason) {
        if (kind == null) {
            span.setAttribute("returned", reason);
        } else {
            wentWrong(kind, reason);
        }
        if (unit.purpose() != Purpose.SCORE) {
            return nothing(kind == null ? End.HANDED_BACK : End.WENT_WRONG, kind, reason);
        }
        return new Outcome.Returned(
                unit.evaluation(), unit.index(), id, solver.name(), unit.handout(), kind, reason, log.since(begun));
    }

    /** Of a unit that is not scored: what follows, whoever asked for it decides. */
    private Outcome nothing(End end, @Nullable FailureKind kind, String reason) {
        if (unit.purpose() == Purpose.ADAPT) {
            return new Outcome.NotAdapted(
                    unit.evaluation(),
                    unit.index(),
                    solver.name(),
                    unit.handout(),
                    end,
                    kind,
                    reason,
                    kind == null ? List.of() : log.since(begun));
        }
        if (unit.purpose() == Purpose.CANARY) {
            return new Outcome.NoCanaryAnswer(
                    unit.evaluation(), unit.index(), solver.name(), unit.handout(), end, reason);
        }
        return new Outcome.NotReplayed(
                unit.evaluation(), unit.index(), unit.firstExample(), solver.name(), unit.handout(), end, reason);
    }

    private void wentWrong(FailureKind kind, String reason) {
        span.setAttribute("failure", kind.key());
        Traces.failed(span, reason);
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

    /** For the log. */
    @Override
    public String toString() {
        String what =
                switch (unit.purpose()) {
                    case SCORE -> "unit " + unit.index();
                    case REPLAY -> "the replay of example " + unit.firstExample();
                    case CANARY -> "unit " + unit.index() + " of the canary";
                    case ADAPT -> "training steps " + (unit.firstExample() + 1) + " to " + unit.endExample();
                };
        return what + " of " + unit.evaluation();
    }
}
