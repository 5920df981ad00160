package dev.trmarena.solver.work;

import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.solver.work.SolverMeters.End;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what became of a delivery, and lets go of its record only when that lies in Kafka. */
final class TellOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(TellOutcome.class);

    private final KafkaProducer<String, byte[]> producer;
    private final HeartbeatSender heartbeats;

    TellOutcome(KafkaProducer<String, byte[]> producer, HeartbeatSender heartbeats) {
        this.producer = producer;
        this.heartbeats = heartbeats;
    }

    /** @throws ExecutionException when the broker did not take it */
    void of(Delivery delivery, Outcome outcome) throws ExecutionException, InterruptedException {
        producer.send(delivery.message(outcome)).get();
    }

    /** The same, then nobody gets the record again. @return the end that is given */
    End of(AcquiredRecord held, Delivery delivery, Outcome outcome, End end)
            throws ExecutionException, InterruptedException {
        of(delivery, outcome);
        held.accept();
        return end;
    }

    End done(AcquiredRecord held, Delivery delivery, UnitSolver.Answer answer)
            throws ExecutionException, InterruptedException {
        try {
            of(delivery, delivery.solved(answer));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            // It would be as large the next time.
            LOG.error("{}: {}", delivery, e.getMessage());
            String reason = String.valueOf(e.getCause().getMessage());
            return of(held, delivery, delivery.failed(FailureKind.UNRECORDABLE, reason), End.FAILED);
        }
        held.accept();
        heartbeats.solved(delivery.unit());
        LOG.info("{}: {} examples in {} ms", delivery, delivery.unit().exampleCount(), answer.computeMillis());
        return End.SOLVED;
    }

    /** The broker's second delivery: whoever had the first is gone. */
    End comeBack(AcquiredRecord held, Delivery delivery) throws InterruptedException {
        LOG.warn("{} came back: whoever had it is gone", delivery);
        handBack(held, delivery, delivery.redelivered());
        return End.REDELIVERED;
    }

    /** It did not take an outcome, perhaps the very first: an answer is believed only behind the word that it was begun. */
    void notTaken(AcquiredRecord held, Delivery delivery) throws InterruptedException {
        // It is counted: an answer that never gets through is none.
        Outcome back = delivery.returned(FailureKind.SOLVER_ERROR, "the broker did not take the outcome");
        if (delivery.unit().purpose() == Purpose.SCORE) {
            handBack(held, delivery, delivery.started(), back);
        } else {
            handBack(held, delivery, back);
        }
    }

    /** Where the broker does not take this either, whoever gets the unit next tells of it. */
    private void handBack(AcquiredRecord held, Delivery delivery, Outcome... outcomes) throws InterruptedException {
        try {
            for (Outcome outcome : outcomes) {
                of(delivery, outcome);
            }
            held.accept();
        } catch (ExecutionException e) {
            held.release();
        }
    }
}
