package dev.trmarena.leaderboard.live;

import dev.trmarena.db.board.EvaluationView;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one reader has not been sent yet: of each evaluation that changed its latest state, whatever it was before, and at most one
 * sign of life. So it stays small however slowly the reader reads; one who takes nothing for long, or from whom too many
 * evaluations wait, is cut off, and a browser connects again by itself. Items are states, or empty for a sign of life.
 */
final class EventStream
        implements Flow.Publisher<Optional<EvaluationView>>, Flow.Subscription, EvaluationChanges.Listener {
    static final int MOST_WAITING = 1000;
    static final Duration LONGEST_LAG = Duration.ofSeconds(30);

    private final @Nullable UUID only;
    private final Consumer<EventStream> cutOff;
    private final LongSupplier nanoTime;

    /** Calls the subscriber one thread at a time, without a lock: it may ask for more while it is called. */
    private final AtomicInteger draining = new AtomicInteger();

    private final Map<UUID, EvaluationView> waiting = new LinkedHashMap<>();
    private boolean signWaits = true;
    private long waitingSince;
    private long demand;
    private boolean over;
    private @Nullable EvaluationView last;
    private Flow.@Nullable Subscriber<? super Optional<EvaluationView>> subscriber;

    /**
     * @param only the evaluation that it is about, with whose last state it ends; null for all, without an end
     * @param cutOff is told when it has to end
     */
    EventStream(@Nullable UUID only, Consumer<EventStream> cutOff, LongSupplier nanoTime) {
        this.only = only;
        this.cutOff = cutOff;
        this.nanoTime = nanoTime;
        this.waitingSince = nanoTime.getAsLong();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Optional<EvaluationView>> to) {
        synchronized (this) {
            subscriber = to;
        }
        to.onSubscribe(this);
    }

    /** @param evaluation as it was after listening had begun: unless something was told meanwhile, which is as new or newer */
    void begins(EvaluationView evaluation) {
        synchronized (this) {
            if (last != null || !waiting.isEmpty()) {
                return;
            }
            keep(evaluation);
        }
        drain();
    }

    @Override
    public void changed(EvaluationView evaluation) {
        if (only == null || only.equals(evaluation.id())) {
            synchronized (this) {
                keep(evaluation);
            }
            drain();
        }
        cutOffWhenLagging();
    }

    private void keep(EvaluationView evaluation) {
        if (!evaluation.equals(last)) {
            waitsNow();
            waiting.put(evaluation.id(), evaluation);
        }
    }

    @Override
    public void stillHere() {
        synchronized (this) {
            waitsNow();
            signWaits = true;
        }
        drain();
        cutOffWhenLagging();
    }

    @Override
    public void request(long items) {
        synchronized (this) {
            demand = demand + items < 0 ? Long.MAX_VALUE : demand + items;
        }
        drain();
    }

    @Override
    public synchronized void cancel() {
        over = true;
        waiting.clear();
    }

    /** What is kept for the reader. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void waitsNow() {
        if (waiting.isEmpty() && !signWaits) {
            waitingSince = nanoTime.getAsLong();
        }
    }

    private void cutOffWhenLagging() {
        boolean lags;
        synchronized (this) {
            boolean waits = signWaits || !waiting.isEmpty();
            lags = !over
                    && (waiting.size() > MOST_WAITING
                            || (waits && nanoTime.getAsLong() - waitingSince > LONGEST_LAG.toNanos()));
            if (lags) {
                cancel();
            }
        }
        if (lags) {
            cutOff.accept(this);
        }
    }

    private void drain() {
        if (draining.getAndIncrement() > 0) {
            // Whoever is at it looks once more.
            return;
        }
        int looks = 1;
        do {
            for (Item next = take(); next != null; next = take()) {
                next.to().onNext(next.what());
                if (next.last()) {
                    next.to().onComplete();
                }
            }
            looks = draining.addAndGet(-looks);
        } while (looks > 0);
    }

    /** @param last whether nothing comes behind */
    private record Item(
            Flow.Subscriber<? super Optional<EvaluationView>> to, Optional<EvaluationView> what, boolean last) {}

    private synchronized @Nullable Item take() {
        Flow.Subscriber<? super Optional<EvaluationView>> to = subscriber;
        if (to == null || over || demand == 0 || (!signWaits && waiting.isEmpty())) {
            return null;
        }
        demand--;
        waitingSince = nanoTime.getAsLong();
        if (signWaits) {
            signWaits = false;
            return new Item(to, Optional.empty(), false);
        }
        Iterator<EvaluationView> first = waiting.values().iterator();
        EvaluationView evaluation = first.next();
        first.remove();
        if (only != null) {
            last = evaluation;
            over = evaluation.state().isOver();
        }
        return new Item(to, Optional.of(evaluation), over);
    }
}
