package dev.trmarena.arena.up;

import dev.trmarena.arena.ConfiguredRetention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** All processes of the platform. A file remembers which they are, for the launcher that comes after a killed one. */
final class Children {
    /** For those whose launcher was killed. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path record;
    private final Progress progress;
    private final BoundLogs logs;
    private final List<Child> all = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;
    private final ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "restarts");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "logs");
        thread.setDaemon(true);
        return thread;
    });

    Children(Path record, Progress progress) {
        this(record, progress, new BoundLogs(ConfiguredRetention.here()));
    }

    Children(Path record, Progress progress, BoundLogs logs) {
        this.record = record;
        this.progress = progress;
        this.logs = logs;
    }

    Child start(ChildSpec spec) throws IOException, InterruptedException {
        if (stopping) {
            throw new InterruptedException("stopping");
        }
        startNewLog(spec.log());
        var child = new Child(spec, progress, restarts, this::remember);
        all.add(child);
        child.start();
        logs.watch(spec.log(), looks, progress);
        return child;
    }

    private static void startNewLog(Path log) throws IOException {
        Files.createDirectories(log.resolveSibling("."));
        if (Files.exists(log)) {
            Files.move(log, BoundLogs.before(log), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private synchronized void remember() {
        var lines = new ArrayList<String>();
        for (Child child : all) {
            Process process = child.process();
            if (process != null) {
                long started =
                        process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
                lines.add(process.pid() + " " + started + " " + child.name());
            }
        }
        try {
            // Whole or not at all: a disk that is full must not leave half a list.
            Path written = Files.write(record.resolveSibling(record.getFileName() + ".new"), lines);
            Files.move(written, record, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // The process runs all the same; only the launcher after a killed one would not know it.
            progress.say("cannot write " + record + ": " + e.getMessage());
        }
    }

    /** Ends these one after the other's phase: every group together, the next group when it is gone. */
    void stop(List<List<Child>> phases) throws InterruptedException {
        stopping = true;
        if (all.stream().anyMatch(Child::keepsClasses)) {
            progress.say("keeping classes for quicker starts, once for each build");
        }
        for (List<Child> phase : phases) {
            phase.forEach(Child::closeLifeLine);
            for (Child child : phase) {
                child.awaitEnd();
            }
        }
        restarts.shutdownNow();
        looks.shutdownNow();
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            progress.say("cannot delete " + record + ": " + e.getMessage());
        }
    }

    /** The children, in the order of their start, whose name begins like this. */
    List<Child> named(String prefix) {
        return all.stream().filter(child -> child.name().startsWith(prefix)).toList();
    }

    /**
     * Waits for the processes of a launcher that was killed: they noticed and are ending, but a broker needs seconds for it.
     * Kills those that do not.
     */
    static void awaitLeftovers(Path record, Progress progress) throws IOException, InterruptedException {
        if (!Files.exists(record)) {
            return;
        }
        List<ProcessHandle> left = new ArrayList<>();
        for (String line : Files.readAllLines(record)) {
            String[] parts = line.split(" ", 3);
            if (parts.length == 3) {
                ProcessHandle.of(Long.parseLong(parts[0]))
                        .filter(process -> isSame(process, Long.parseLong(parts[1])))
                        .filter(Children::runs)
                        .ifPresent(left::add);
            }
        }
        if (!left.isEmpty()) {
            progress.say("waiting for " + left.size() + " processes of a launcher that was killed");
            await(left);
        }
        Files.delete(record);
    }

    /** A process id alone may by now be somebody else's. The kernel's boot time moves with the clock: allow for that. */
    private static boolean isSame(ProcessHandle process, long startedMillis) {
        return process.info()
                .startInstant()
                .map(started -> Math.abs(started.toEpochMilli() - startedMillis) < 2_000)
                .orElse(false);
    }

    private static void await(List<ProcessHandle> left) throws InterruptedException {
        if (!allEndWithin(PATIENCE, left)) {
            left.forEach(ProcessHandle::destroyForcibly);
            allEndWithin(Duration.ofSeconds(5), left);
        }
    }

    private static boolean allEndWithin(Duration patience, List<ProcessHandle> left) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (left.stream().anyMatch(Children::runs)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    /** Not just alive: a process that ended but was not collected, as in many a container, has no program any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
