package dev.trmarena.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes that a launcher started, by their role: {@code kafka}, {@code postgres}, {@code ingest},
 * {@code leaderboard-api}, {@code solver-1}. A process is touched only when it is a descendant of that launcher.
 */
final class Processes {
    private static final Duration RESTART = Duration.ofSeconds(60);

    private final Platform platform;

    Processes(Platform platform) {
        this.platform = platform;
    }

    /** @throws IllegalStateException when there is none at the moment */
    ProcessHandle of(String role) {
        return found(role).findFirst().orElseThrow(() -> new IllegalStateException("no " + role + " runs"));
    }

    private Stream<ProcessHandle> found(String role) {
        long pid = recorded(role);
        return platform.launcher()
                .descendants()
                .filter(process -> role.equals("postgres") ? isPostmaster(process) : process.pid() == pid)
                .filter(ProcessHandle::isAlive);
    }

    /** Between the launcher and the database stands a shell; the connections' processes have other command lines. */
    private boolean isPostmaster(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/postgres")
                && process.info()
                        .commandLine()
                        .orElse("")
                        .contains("-D " + platform.data().resolve("postgres") + " ");
    }

    /** The launcher's own record of its children: process id, time of the start, role. */
    private long recorded(String role) {
        try {
            for (String line : Files.readAllLines(record())) {
                String[] parts = line.split(" ", 3);
                if (parts.length == 3 && parts[2].equals(role)) {
                    return Long.parseLong(parts[0]);
                }
            }
            return -1;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + record(), e);
        }
    }

    private Path record() {
        return platform.data().resolve("children");
    }

    boolean runs(String role) {
        return found(role).findAny().isPresent();
    }

    /**
     * Where the broker is reached, as {@code host:port}: its command line ends with that. Java's own look at it sees the first page
     * only.
     */
    String kafka() throws IOException {
        Path file = Path.of("/proc", Long.toString(of("kafka").pid()), "cmdline");
        String[] command = Files.readString(file).split("\0");
        return command[command.length - 1];
    }

    /**
     * SIGKILL; returns when the process is gone. The input that ingest was reading has no part in it, which the platform cannot
     * know: where several kills fall into the reading of one file, it would be refused, as it should be.
     */
    void kill(String role) {
        ProcessHandle process = of(role);
        process.destroyForcibly();
        awaitDeath(role, process);
        if (role.equals("ingest")) {
            new Recorded(platform).forgetDeaths();
        }
    }

    /** SIGTERM, as whoever restarts it by hand sends it; returns when the process is gone. */
    void stop(String role) {
        ProcessHandle process = of(role);
        process.destroy();
        awaitDeath(role, process);
    }

    private static void awaitDeath(String role, ProcessHandle process) {
        await(role + ", process " + process.pid() + ", is dead")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive());
    }

    /** SIGSEGV, as native code that goes astray raises it: the JVM writes its report and aborts. Returns when the process is gone. */
    void crash(String role) throws IOException, InterruptedException {
        ProcessHandle process = of(role);
        signal("SEGV", List.of(process));
        awaitDeath(role, process);
    }

    /** Asks for more heap than there is, which ends the JVM as it does where its own code asks. Returns when the process is gone. */
    void fillHeap(String role) throws IOException {
        ProcessHandle process = of(role);
        Boundary.fillHeap(platform, role);
        awaitDeath(role, process);
    }

    /** As {@link #fillHeap(String)}, where a thread of it stays. */
    void fillHeap(String role, Boundary boundary) {
        ProcessHandle process = of(role);
        boundary.fillHeap();
        awaitDeath(role, process);
    }

    /** SIGKILL, then waits until the launcher has started the role again: a process, not yet a service. */
    void killAndAwaitRestart(String role) {
        kill(role);
        awaitRestart(role);
    }

    void awaitRestart(String role) {
        await(role + " is started again").atMost(RESTART).until(() -> runs(role));
    }

    /** SIGSTOP until it is closed. */
    Frozen freeze(String role) throws IOException, InterruptedException {
        return freeze(List.of(of(role)));
    }

    /** As {@link #freeze(String)}, with all the processes that it started: a database with its connections. */
    Frozen freezeWithDescendants(String role) throws IOException, InterruptedException {
        ProcessHandle process = of(role);
        return freeze(Stream.concat(Stream.of(process), process.descendants()).toList());
    }

    static Frozen freeze(List<ProcessHandle> processes) throws IOException, InterruptedException {
        var frozen = new Frozen(processes);
        try {
            signal("STOP", processes);
            return frozen;
        } catch (IOException | InterruptedException e) {
            frozen.close();
            throw e;
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            kill.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Processes that hang. */
    record Frozen(List<ProcessHandle> processes) implements AutoCloseable {
        /** Whether all have ended; one that nobody has collected yet has no program any more. */
        boolean ended() {
            return processes.stream()
                    .noneMatch(process ->
                            process.isAlive() && process.info().command().isPresent());
        }

        /** SIGCONT. */
        @Override
        public void close() throws IOException, InterruptedException {
            signal("CONT", processes.stream().filter(ProcessHandle::isAlive).toList());
        }
    }
}
