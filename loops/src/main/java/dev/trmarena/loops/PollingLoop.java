package dev.trmarena.loops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does the same again and again: at once when it is woken, and by itself after a pause, which finds what a process
 * that died has left. Whatever a turn throws is said and the next turn follows, by the rule of {@link TroubleLog}.
 */
public final class PollingLoop {
    /** Exit status of a process whose JVM can no longer be relied on; that of {@code EX_SOFTWARE}. */
    public static final int BROKEN = 70;

    private static final Logger LOG = LoggerFactory.getLogger(PollingLoop.class);
    private static final long GOODBYE_MILLIS = 2000;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(250);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

    /** What is done again and again. */
    @FunctionalInterface
    public interface Turn {
        /** @return how long to wait for the next one, unless woken; zero for not at all */
        Duration turn() throws Exception;

        /** Called after a turn that failed, by the same thread: lets go of what the next one should find new. */
        default void troubled() {}

        /** Called by the same thread when it was stopped. */
        default void ended() {}
    }

    private final Loops loops;
    private final Steadiness steadiness;
    private final TroubleLog troubles;
    private final Turn turn;
    private final Semaphore wakeUps = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    PollingLoop(Loops loops, Steadiness steadiness, TroubleLog troubles, Turn turn) {
        this.loops = loops;
        this.steadiness = steadiness;
        this.troubles = troubles;
        this.turn = turn;
        this.thread = new Thread(this::run, steadiness.name());
        thread.setDaemon(true);
    }

    public void start() {
        loops.add(steadiness);
        thread.start();
    }

    /** Take a turn now, or another one when one is on. */
    public void wake() {
        wakeUps.release();
    }

    /** Says, in the middle of a long turn, that it gets on. */
    public void getsOn() {
        steadiness.works();
    }

    /** Waits a moment for the turn that is on, then interrupts it. */
    public void stop() throws InterruptedException {
        loops.remove(steadiness);
        stopping.countDown();
        wake();
        thread.join(GOODBYE_MILLIS);
        thread.interrupt();
        thread.join(GOODBYE_MILLIS / 2);
    }

    /** Whether nothing can be relied on after this: for whoever goes on after the other errors, too. */
    public static boolean breaksTheProcess(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    public boolean stopping() {
        return stopping.getCount() == 0;
    }

    /** Whether its thread is there and no turn takes longer than it may. */
    public boolean steady() {
        return thread.isAlive() && steadiness.steady();
    }

    private void run() {
        try {
            while (!stopping()) {
                once();
            }
            turn.ended();
        } finally {
            if (!stopping()) {
                steadiness.died();
            }
        }
    }

    /** A turn and the pause behind it. */
    private void once() {
        try {
            steadiness.works();
            Duration pause = turn.turn();
            steadiness.rests();
            troubles.wentWell(pause);
            if (!pause.isZero() && wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (Throwable thrown) {
            failed(thrown);
        }
    }

    private void failed(Throwable thrown) {
        if (stopping()) {
            LOG.debug("ending", thrown);
            return;
        }
        int failures = troubles.failed(thrown);
        try {
            turn.troubled();
        } catch (RuntimeException | Error e) {
            LOG.debug("cannot let go of what {} used", thread.getName(), e);
        }
        backOff(failures);
    }

    /** Waking does not shorten it. */
    private void backOff(int failures) {
        steadiness.rests();
        Duration pause = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failures - 1, 10));
        long millis = Math.min(pause.toMillis(), LONGEST_BACK_OFF.toMillis());
        try {
            if (stopping.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("ending");
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted", e);
        }
    }
}
