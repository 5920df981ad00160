package dev.trmarena.solver;

import dev.trmarena.solver.work.SolveLoop;
import dev.trmarena.supervise.ExitStatus;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The end of a solver that was asked to stop, whatever libtorch is doing. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    /** Shorter than what whoever asks waits before it kills: ten seconds, of the launcher as of a container. */
    private static final long PATIENCE_MILLIS = 8000;

    private static final long SIGNAL_SECONDS = 2;

    /** What a shell says of a process that SIGTERM ended. */
    private static final int TERMINATED = 128 + 15;

    private Shutdown() {}

    /**
     * Hands the unit back and waits for the step that is under way. A step that takes longer is cut off: both
     * {@link System#exit} and {@link Runtime#halt} end in the C library's {@code exit}, whose destructors take libtorch apart
     * under the thread that computes, and that ends in SIGSEGV. A signal with its default action runs none of them.
     */
    static void of(SolveLoop loop, Thread main) {
        loop.stop();
        try {
            main.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!loop.ended()) {
            LOG.info("ending in the middle of an improvement step");
            cutOff();
        }
    }

    /**
     * Ends a solver that is inside a step that nobody waits for, by {@link ExitStatus#LEFT}. All that it had to say is said.
     */
    static void leave() {
        cutOff("ALRM", ExitStatus.LEFT);
    }

    private static void cutOff() {
        cutOff("TERM", TERMINATED);
    }

    private static void cutOff(String signal, int status) {
        Signal.handle(new Signal(signal), SignalHandler.SIG_DFL);
        try {
            // Java raises no signal that it does not handle.
            new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "kill -" + signal + " " + ProcessHandle.current().pid())
                    .start()
                    .waitFor(SIGNAL_SECONDS, TimeUnit.SECONDS);
            TimeUnit.SECONDS.sleep(SIGNAL_SECONDS);
        } catch (IOException e) {
            LOG.warn("cannot end by a signal", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The first process of a container is not ended by a signal that it does not handle.
        Runtime.getRuntime().halt(status);
    }
}
