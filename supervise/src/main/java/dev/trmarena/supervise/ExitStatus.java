package dev.trmarena.supervise;

/** What the exit status of a solver says, where it is the solver's own choice. */
public final class ExitStatus {
    /**
     * It left by itself, inside an improvement step that did not end in time or that nobody waited for: 128 and the number of
     * SIGALRM. That is no failure; another process takes its place at once.
     */
    public static final int LEFT = 128 + 14;

    private ExitStatus() {}
}
