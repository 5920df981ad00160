package dev.trmarena.solver.work;

import dev.trmarena.loops.Steadiness;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.solver.work.SolverMeters.End;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes units from the share group, as many as fill a batch, and holds them until what came of them lies in Kafka. A solver has two
 * hands: one holds what is computed, and tells of it; the other one takes what is next, where that will not wait for long. A unit
 * that the broker delivers again is not solved but told of: the database decides what becomes of it.
 */
final class Hand {
    private static final Logger LOG = LoggerFactory.getLogger(Hand.class);
    private static final Duration IDLE_POLL = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = HoldUnits.LOOK_EVERY;

    /** At what is withdrawn, before anything is taken up. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private final Workplace place;
    private final TakeUnits take;
    private final Steadiness looks;
    private boolean takes;
    private volatile boolean consuming;

    Hand(Workplace place, TakeUnits take, Steadiness looks) {
        this.place = place;
        this.take = take;
        this.looks = looks;
    }

    /** Until the solver is to end. */
    void run() {
        while (!place.ends()) {
            try {
                looks.works();
                if (mayTake()) {
                    List<AcquiredRecord> records = taken();
                    if (!records.isEmpty()) {
                        handle(records);
                    }
                }
            } catch (KafkaException e) {
                // Units that were held come back by themselves, to this solver or another one.
                LOG.warn("the broker did not do as asked, going on: {}", e.toString());
                take.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                place.end().ask();
            } finally {
                letTake();
            }
        }
        looks.rests();
        consuming = false;
    }

    /** Whether the broker was reached. */
    boolean consuming() {
        return consuming;
    }

    /**
     * One hand at a time takes, and only what will not have to wait for long: nothing while native code runs for units that were
     * let go of, and nothing behind a batch that takes longer. Once it asks, it goes on until it gets something.
     */
    private boolean mayTake() throws InterruptedException {
        takes = takes || place.taking().tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        if (!takes || place.ends()) {
            return false;
        }
        if (!take.asks() && !place.inference().hasRoom()) {
            place.inference().awaitFirst(LOOK_EVERY);
        }
        return take.asks() || place.inference().hasRoom();
    }

    private void letTake() {
        if (takes && !take.asks()) {
            takes = false;
            place.taking().release();
        }
    }

    private List<AcquiredRecord> taken() throws InterruptedException {
        if (!consuming) {
            place.withdrawals().awaitKnown(FIRST_LOOK);
        }
        List<AcquiredRecord> records = take.next(place.pace().units(), IDLE_POLL);
        consuming = true;
        return records;
    }

    private void handle(List<AcquiredRecord> records) throws InterruptedException {
        place.meters().busy(true);
        List<TakenUnit> units = new ArrayList<>();
        List<TakenUnit> cameBack = new ArrayList<>();
        try {
            for (AcquiredRecord record : records) {
                TakenUnit unit = read(record);
                if (unit != null) {
                    units.add(unit);
                    if (record.deliveries() > 1) {
                        cameBack.add(unit);
                    }
                }
            }
            place.tell().comeBack(cameBack);
            take.commit();
            List<TakenUnit> waiting = new ArrayList<>(units);
            waiting.removeAll(cameBack);
            var solve = new HoldUnits(place, take, looks, waiting, this::letTake);
            while (!waiting.isEmpty()) {
                solve.next();
            }
        } finally {
            for (TakenUnit unit : units) {
                unit.delivery().span().end();
            }
            place.meters().busy(false);
        }
    }

    /** @return null of one that is not to be solved, and is let go of with the next commit */
    private @Nullable TakenUnit read(AcquiredRecord held) {
        WorkUnit unit;
        try {
            unit = Json.read(held.value(), WorkUnit.class);
        } catch (UncheckedIOException e) {
            // The broker puts its bytes to the dead letters, where the recorder quarantines them.
            LOG.error("rejected an unreadable work unit at {}: {}", held, e.getMessage());
            held.reject();
            place.meters().ended(End.REJECTED);
            return null;
        }
        if (place.withdrawn(unit)) {
            LOG.info("dropped unit {} of {}: it was withdrawn", unit.index(), unit.evaluation());
            held.accept();
            place.meters().ended(End.WITHDRAWN);
            return null;
        }
        return new TakenUnit(held, Delivery.at(unit, place.solver(), place.log(), place.traces(), held.traceparent()));
    }
}
