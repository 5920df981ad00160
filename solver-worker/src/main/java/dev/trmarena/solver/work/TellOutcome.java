package dev.trmarena.solver.work;

import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.solver.work.SolverMeters.End;
import dev.trmarena.traces.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what became of deliveries, and lets go of their records only when that lies in Kafka. */
final class TellOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(TellOutcome.class);

    private final KafkaProducer<String, byte[]> producer;
    private final HeartbeatSender heartbeats;
    private final SolverMeters meters;

    TellOutcome(KafkaProducer<String, byte[]> producer, HeartbeatSender heartbeats, SolverMeters meters) {
        this.producer = producer;
        this.heartbeats = heartbeats;
        this.meters = meters;
    }

    /** What is said lies in Kafka when the future is done; it is an {@link ExecutionException} when the broker did not take it. */
    Future<RecordMetadata> of(Delivery delivery, Outcome outcome) {
        return producer.send(delivery.message(outcome));
    }

    /** That units are begun, before anything else is said of them. @return those of which the broker took it */
    List<TakenUnit> begun(List<TakenUnit> units) throws InterruptedException {
        List<Future<RecordMetadata>> told = new ArrayList<>();
        for (TakenUnit each : units) {
            if (each.unit().purpose() == Purpose.SCORE) {
                told.add(of(each.delivery(), each.delivery().started()));
            }
        }
        List<TakenUnit> begun = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            TakenUnit each = units.get(i);
            try {
                if (i < told.size()) {
                    told.get(i).get();
                }
                begun.add(each);
            } catch (ExecutionException e) {
                notTaken(each, e);
            }
        }
        return begun;
    }

    /** The answers to units, then nobody gets their records again. */
    void done(List<TakenUnit> units, List<UnitSolver.Answer> answers, TakeUnits take) throws InterruptedException {
        List<Future<RecordMetadata>> told = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            Delivery delivery = units.get(i).delivery();
            told.add(of(delivery, delivery.solved(answers.get(i))));
        }
        List<TakenUnit> solved = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            Delivery delivery = units.get(i).delivery();
            try {
                told.get(i).get();
                units.get(i).held().accept();
                solved.add(units.get(i));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    // It would be as large the next time.
                    LOG.error("{}: {}", delivery, e.getMessage());
                    String reason = String.valueOf(e.getCause().getMessage());
                    end(List.of(units.get(i)), its -> its.failed(FailureKind.UNRECORDABLE, reason), End.FAILED);
                } else {
                    notTaken(units.get(i), e);
                }
            }
        }
        take.commit();
        for (TakenUnit each : solved) {
            Delivery delivery = each.delivery();
            heartbeats.solved(delivery.unit());
            meters.ended(End.SOLVED);
        }
        log(units, answers);
    }

    private static void log(List<TakenUnit> units, List<UnitSolver.Answer> answers) {
        int examples =
                units.stream().mapToInt(each -> each.unit().exampleCount()).sum();
        long millis =
                answers.stream().mapToLong(UnitSolver.Answer::computeMillis).sum();
        String others = units.size() > 1 ? " and " + (units.size() - 1) + " more" : "";
        LOG.info("{}{}: {} examples in {} ms", units.get(0).delivery(), others, examples, millis);
    }

    /** What became of units that were begun; their records are accepted by the next {@link TakeUnits#commit}. */
    void end(List<TakenUnit> units, Function<Delivery, Outcome> outcome, End end) throws InterruptedException {
        tell(units, unit -> List.of(outcome.apply(unit.delivery())), this::notTaken, end);
    }

    /** Units that were taken and not begun, in good order: it counts as nothing. */
    void handBack(List<TakenUnit> units, String reason) throws InterruptedException {
        tell(
                units,
                unit -> begunAnd(unit, unit.delivery().returned(null, reason)),
                (unit, trouble) -> unit.held().release(),
                End.RETURNED);
    }

    /** The broker's second delivery: whoever had the first is gone. */
    void comeBack(List<TakenUnit> units) throws InterruptedException {
        units.forEach(unit -> LOG.warn("{} came back: whoever had it is gone", unit.delivery()));
        tell(
                units,
                unit -> List.of(unit.delivery().redelivered()),
                (unit, trouble) -> unit.held().release(),
                End.REDELIVERED);
    }

    /** It did not take an outcome, perhaps the very first: an answer is believed only behind the word that it was begun. */
    private void notTaken(TakenUnit unit, ExecutionException trouble) throws InterruptedException {
        LOG.warn("an outcome of {} is not sent: {}", unit.delivery(), trouble.toString());
        Traces.failed(unit.delivery().span(), "an outcome is not sent");
        // It is counted: an answer that never gets through is none.
        Outcome back = unit.delivery().returned(FailureKind.SOLVER_ERROR, "the broker did not take the outcome");
        // Where the broker does not take this either, whoever gets the unit next tells of it.
        tell(
                List.of(unit),
                known -> begunAnd(known, back),
                (known, again) -> known.held().release(),
                End.RETURNED);
    }

    private static List<Outcome> begunAnd(TakenUnit unit, Outcome outcome) {
        return unit.unit().purpose() == Purpose.SCORE ? List.of(unit.delivery().started(), outcome) : List.of(outcome);
    }

    /** What follows when the broker does not take an outcome. */
    @FunctionalInterface
    private interface Refused {
        void of(TakenUnit unit, ExecutionException trouble) throws InterruptedException;
    }

    /** Of all of them before anything is waited for. */
    private void tell(List<TakenUnit> units, Function<TakenUnit, List<Outcome>> outcomes, Refused refused, End end)
            throws InterruptedException {
        List<List<Future<RecordMetadata>>> told = new ArrayList<>();
        for (TakenUnit each : units) {
            told.add(outcomes.apply(each).stream()
                    .map(outcome -> of(each.delivery(), outcome))
                    .toList());
        }
        for (int i = 0; i < units.size(); i++) {
            try {
                for (Future<RecordMetadata> outcome : told.get(i)) {
                    outcome.get();
                }
                units.get(i).held().accept();
                meters.ended(end);
            } catch (ExecutionException e) {
                refused.of(units.get(i), e);
            }
        }
    }
}
