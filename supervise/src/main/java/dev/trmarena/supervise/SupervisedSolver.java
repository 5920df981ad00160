package dev.trmarena.supervise;

import dev.trmarena.limits.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one solver until it ends, passes on what it prints, and tells how it ended unless it was asked to. One that left a step
 * ({@link ExitStatus#LEFT}) is started again. Also the first process of a container, with the solver's command as arguments.
 */
public final class SupervisedSolver {
    /** A solver hands its unit back within ten seconds. */
    private static final long GOODBYE_SECONDS = 12;

    /** Whoever started this waits for it; a broker that is away longer is not waited for. */
    private static final Duration TELLING = Duration.ofSeconds(60);

    private final List<String> command;
    private final Map<String, String> environment;
    private final String name;
    private final String kafka;
    private final Runnable afterwards;
    private boolean asked;
    private @Nullable Process solver;

    /**
     * @param environment what the solver's has beside that of this process
     * @param name of the solver
     * @param kafka {@code host:port} of the broker
     * @param afterwards done when the solver is gone, perhaps twice
     */
    public SupervisedSolver(
            List<String> command, Map<String, String> environment, String name, String kafka, Runnable afterwards) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.name = name;
        this.kafka = kafka;
        this.afterwards = afterwards;
    }

    /** {@code ARENA_KAFKA} and {@code ARENA_SOLVER_NAME} are for both; the arguments are the solver's command. */
    public static void main(String[] command) throws IOException, InterruptedException {
        String kafka = System.getenv("ARENA_KAFKA");
        if (kafka == null || kafka.isBlank() || command.length == 0) {
            System.err.println("ARENA_KAFKA is to be set, and the command that starts the solver to be given");
            System.exit(2);
            return;
        }
        String name = nameOr(System.getenv("ARENA_SOLVER_NAME"));
        System.exit(new SupervisedSolver(List.of(command), Map.of(), name, kafka, () -> {}).run(System.out, pid -> {}));
    }

    /** Of host and process when it has none: in containers every process has the same number. */
    public static String nameOr(@Nullable String given) {
        if (given != null && !given.isBlank()) {
            return given;
        }
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "solver";
        }
        return host + "-" + ProcessHandle.current().pid();
    }

    /**
     * Until it ends, or is ended with this process.
     *
     * @param to where its standard output goes; its errors go to this process's
     * @param started told the number of its process, and of every other one that takes its place
     * @return its exit status
     */
    public int run(PrintStream to, LongConsumer started) throws IOException, InterruptedException {
        var ends = new SolverEndPublisher(kafka, System.err::println);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stop"));
        int exitStatus;
        do {
            exitStatus = runOnce(to, started, ends);
        } while (exitStatus == ExitStatus.LEFT && !isAsked());
        afterwards.run();
        ends.close(TELLING);
        return exitStatus;
    }

    private int runOnce(PrintStream to, LongConsumer started, SolverEndPublisher ends)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command);
        UUID instance = UUID.randomUUID();
        OwnEnvironment.leave(builder.environment());
        builder.environment().putAll(environment);
        builder.environment().put("ARENA_SOLVER_NAME", name);
        builder.environment().put(WatchedSolver.INSTANCE, instance.toString());
        builder.environment().put("ARENA_EXIT_WITH_PARENT", "true");
        var last = new LastLines(builder.environment());
        Process process = start(builder);
        started.accept(process.pid());
        Thread out = passOn(process.getInputStream(), to, last);
        Thread err = passOn(process.getErrorStream(), System.err, last);
        int exitStatus = process.waitFor();
        out.join();
        err.join();
        if (!isAsked()) {
            var ended = ExitDiagnosis.of(name, instance, exitStatus, last.lines());
            System.err.println(ended.reason());
            ends.tell(ended);
        }
        return exitStatus;
    }

    /** Never after this process was asked to end. */
    private synchronized Process start(ProcessBuilder builder) throws IOException {
        if (asked) {
            throw new IOException("asked to end before the solver was started");
        }
        Process process = builder.start();
        solver = process;
        return process;
    }

    private synchronized boolean isAsked() {
        return asked;
    }

    private static Thread passOn(InputStream from, PrintStream to, LastLines last) {
        var thread = new Thread(
                () -> {
                    try (var reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                        for (String line = next(reader); line != null; line = next(reader)) {
                            to.println(line);
                            last.add(line);
                        }
                    } catch (IOException e) {
                        last.add("(what it printed cannot be read: " + e.getMessage() + ")");
                    }
                },
                "output of the solver");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** As it may be printed; of one without an end the beginning. @return null when there is none any more */
    private static @Nullable String next(Reader from) throws IOException {
        var line = new StringBuilder();
        int character = from.read();
        if (character < 0) {
            return null;
        }
        for (; character >= 0 && character != '\n'; character = from.read()) {
            if (line.length() <= Printable.LONGEST_LINE) {
                line.append((char) character);
            }
        }
        return Printable.line(line.toString());
    }

    private void end() {
        Process last;
        synchronized (this) {
            asked = true;
            last = solver;
        }
        if (last != null) {
            last.destroy();
            try {
                if (!last.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                    last.destroyForcibly();
                }
            } catch (InterruptedException e) {
                last.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        afterwards.run();
    }
}
