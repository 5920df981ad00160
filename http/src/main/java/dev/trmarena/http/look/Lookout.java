package dev.trmarena.http.look;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A thread that looks for work again and again: at once when it is woken, and by itself after a pause, which finds what a
 * process that died has left.
 */
public final class Lookout {
    private static final Logger LOG = Logger.getLogger(Lookout.class);
    private static final long GOODBYE_MILLIS = 2000;

    /** One look. */
    public interface Look {
        /** @return how long to wait for the next one, unless woken; zero for not at all */
        Duration look() throws InterruptedException;
    }

    private final Look look;
    private final Runnable atEnd;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    /** @param name of the thread */
    public Lookout(String name, Look look) {
        this(name, look, () -> {});
    }

    /** @param atEnd what the thread does last, when it is stopped */
    public Lookout(String name, Look look, Runnable atEnd) {
        this.look = look;
        this.atEnd = atEnd;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Look now, or again when a look is on. */
    public void wake() {
        wakeUps.release();
    }

    /** Waits a moment for the look that is on, then interrupts it. */
    public void stop() throws InterruptedException {
        stopping = true;
        wake();
        thread.join(GOODBYE_MILLIS);
        thread.interrupt();
    }

    public boolean stopping() {
        return stopping;
    }

    public boolean lives() {
        return thread.isAlive();
    }

    private void run() {
        try {
            while (!stopping) {
                Duration pause = look.look();
                if (!pause.isZero() && wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted, ending", e);
        } finally {
            atEnd.run();
        }
    }
}
