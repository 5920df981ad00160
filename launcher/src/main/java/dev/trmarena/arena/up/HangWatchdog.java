package dev.trmarena.arena.up;

import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process that does not get on any more, so that it is started again. Counts questions, not time: after a machine was
 * suspended, one question is late at most. While a process starts, it need not answer.
 */
final class HangWatchdog implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** A broker or a database that was killed reads its logs first. */
    private static final Duration START = Duration.ofMinutes(5);

    private final Child child;
    private final Liveness liveness;
    private final int mostUnanswered;
    private final PollingLoop loop;
    private @Nullable Process process;
    private long since;
    private boolean answered;
    private int unanswered;

    /** @param mostUnanswered questions in a row; each takes two seconds or, without an answer, six */
    HangWatchdog(Child child, Liveness liveness, int mostUnanswered) {
        this.child = child;
        this.liveness = liveness;
        this.mostUnanswered = mostUnanswered;
        this.loop = new Loops()
                .loop("watch " + child.name(), "look after " + child.name(), LONGEST, new PollingLoop.Turn() {
                    @Override
                    public Duration turn() throws InterruptedException {
                        look();
                        return EVERY;
                    }

                    @Override
                    public void ended() {
                        liveness.close();
                    }
                });
    }

    HangWatchdog start() {
        loop.start();
        return this;
    }

    private void look() throws InterruptedException {
        Process current = child.process();
        if (current == null || !current.isAlive()) {
            return;
        }
        if (current != process) {
            process = current;
            since = System.nanoTime();
            answered = false;
            unanswered = 0;
        }
        try {
            liveness.ask();
            answered = true;
            unanswered = 0;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            unanswered++;
            if (answered ? unanswered >= mostUnanswered : System.nanoTime() - since > START.toNanos()) {
                child.end(current, unanswered + " questions in a row without a good answer; the last one: " + words(e));
            }
        }
    }

    private static String words(Exception e) {
        return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    @Override
    public void close() throws InterruptedException {
        loop.stop();
    }
}
