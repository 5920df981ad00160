package dev.trmarena.supervise;

import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.SolverEnded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an exit status and the last lines say about the end of a JVM. */
final class ExitDiagnosis {
    private static final int SIGNAL = 128;

    /** Of Linux; the others that end a process are rare enough to be numbers. */
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"));

    /** {@code #  SIGSEGV (0xb) at pc=0x00007f…, pid=1, tid=2}: the JVM's first line about a crash that has a fact in it. */
    private static final Pattern CRASH =
            Pattern.compile("#\\s+((?:SIG|Internal Error|Out of Memory|There is insufficient memory).*)");

    /** The JVM's own last word; the destructors of native code, which it runs then, may crash beside threads that compute. */
    private static final Pattern TERMINATING = Pattern.compile("Terminating due to (java\\.lang\\.OutOfMemoryError.*)");

    private static final Pattern HEAP = Pattern.compile(".*(java\\.lang\\.OutOfMemoryError.*)");

    private ExitDiagnosis() {}

    static SolverEnded of(String solver, UUID instance, int exitStatus, List<String> log) {
        Optional<String> crash = found(CRASH, log);
        Optional<String> heap = found(HEAP, log);
        boolean memory =
                heap.isPresent() || crash.filter(line -> line.contains("emory")).isPresent();
        String reason = solver + " " + ending(exitStatus) + " (exit status " + exitStatus + ")"
                + found(TERMINATING, log)
                        .or(() -> crash)
                        .or(() -> heap)
                        .map(fact -> " after " + fact)
                        .orElse("");
        return new SolverEnded(
                solver, instance, exitStatus, memory ? FailureKind.MEMORY : FailureKind.SOLVER_ENDED, reason, log);
    }

    private static String ending(int exitStatus) {
        if (exitStatus == ExitStatus.LEFT) {
            return "left an improvement step that did not end";
        }
        int signal = exitStatus - SIGNAL;
        if (signal <= 0) {
            return "ended";
        }
        return "was killed by " + SIGNALS.getOrDefault(signal, "signal " + signal);
    }

    /** The last one: what the process met before it, it outlived. */
    private static Optional<String> found(Pattern fact, List<String> log) {
        return log.stream()
                .map(fact::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1).strip())
                .reduce((a, b) -> b);
    }
}
