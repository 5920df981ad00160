package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.supervise.ExitStatus;
import dev.trmarena.supervise.OwnEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process of the platform: started, started again when it dies, stopped. Its standard input is its life line. */
final class Child {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Whoever ran this long was well, the slowest is there after ten seconds; the next death is a new story. */
    private static final Duration WELL = Duration.ofSeconds(20);
    /** So many deaths in a row and the user should look at the log. */
    private static final int TOO_OFTEN = 3;

    private final ChildSpec spec;
    private final Progress progress;
    private final ScheduledExecutorService restarts;
    private final Runnable changed;

    /** Read without the lock: whoever asks may hold the lock of another one. */
    private volatile @Nullable Process process;

    private long startedNanos;
    private int deaths;
    private boolean stopping;

    /** @param changed called when the process was started or started again */
    Child(ChildSpec spec, Progress progress, ScheduledExecutorService restarts, Runnable changed) {
        this.spec = spec;
        this.progress = progress;
        this.restarts = restarts;
        this.changed = changed;
    }

    String name() {
        return spec.name();
    }

    /** Whether it writes down its classes when it ends. */
    boolean keepsClasses() {
        return ClassArchive.isMadeBy(spec.command());
    }

    synchronized void start() throws IOException, InterruptedException {
        if (stopping) {
            return;
        }
        spec.before().run();
        // Ctrl-C in a terminal reaches the whole process group; only the launcher may act on it, or order is lost.
        var command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", spec.name()));
        command.addAll(spec.command());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        OwnEnvironment.leave(builder.environment());
        builder.environment().putAll(spec.environment());
        builder.environment().putAll(spec.witness().starts());
        Process started = builder.start();
        process = started;
        startedNanos = System.nanoTime();
        started.onExit().thenAccept(this::ended);
        changed.run();
    }

    @Nullable
    Process process() {
        return process;
    }

    private synchronized void ended(Process dead) {
        if (stopping) {
            return;
        }
        if (System.nanoTime() - startedNanos > WELL.toNanos()) {
            deaths = 0;
        }
        if (dead.exitValue() == ExitStatus.LEFT) {
            // No failure: it gave up a step that nobody waits for, after seconds at least.
            progress.say(spec.name() + " left an improvement step that did not end, starting another one");
            restarts.execute(this::startAgain);
            spec.witness().ended(dead.exitValue());
            return;
        }
        deaths++;
        Duration pause = pause();
        progress.say(String.format(
                Locale.ROOT,
                "%s ended with exit status %d, starting it again in %.1f s",
                spec.name(),
                dead.exitValue(),
                pause.toMillis() / 1000.0));
        if (deaths % TOO_OFTEN == 0) {
            progress.say(spec.name() + " keeps failing; the end of " + spec.log() + ":\n" + tail());
        }
        restarts.schedule(this::startAgain, pause.toMillis(), TimeUnit.MILLISECONDS);
        spec.witness().ended(dead.exitValue());
    }

    private Duration pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(deaths - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void startAgain() {
        try {
            start();
        } catch (IOException | ArenaProblem e) {
            progress.say("cannot start " + spec.name() + ": " + e.getMessage());
            synchronized (this) {
                deaths++;
                restarts.schedule(this::startAgain, pause().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws ArenaProblem with the end of the log, when the process died so often that waiting for it is hopeless */
    synchronized void throwIfHopeless() {
        if (deaths >= TOO_OFTEN) {
            throw new ArenaProblem(
                    spec.name() + " does not start",
                    spec.log().toString(),
                    null,
                    "it ended " + deaths + " times; the end of its log:\n" + tail(),
                    "mend what the log says; if the data is damaged, --fresh begins anew without it");
        }
    }

    String tail() {
        return LogTail.of(spec.log(), 15);
    }

    /** Lets go of the life line, so that the process ends by itself; it is not started again. */
    synchronized void closeLifeLine() {
        stopping = true;
        if (process != null) {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                process.destroy();
            }
        }
    }

    /** Waits for the end after {@link #closeLifeLine}; then asks, then kills. */
    void awaitEnd() throws InterruptedException {
        Process waited = process();
        if (waited != null && !endsWithin(waited, spec.patience())) {
            terminate(waited);
        }
    }

    /**
     * Ends this process of it, which does not get on: asks, then kills. It is started again as after any other death.
     *
     * @param why for people
     */
    void end(Process hung, String why) throws InterruptedException {
        synchronized (this) {
            if (stopping || process != hung) {
                return;
            }
        }
        progress.say(spec.name() + " makes no progress, ending it: " + why);
        terminate(hung);
    }

    private void terminate(Process waited) throws InterruptedException {
        waited.destroy();
        if (endsWithin(waited, Duration.ofSeconds(3))) {
            return;
        }
        progress.say(spec.name() + " does not end, killing it");
        List<ProcessHandle> descendants = waited.descendants().toList();
        waited.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean endsWithin(Process process, Duration patience) throws InterruptedException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for " + Arrays.toString(e.getStackTrace()), e);
        }
    }
}
