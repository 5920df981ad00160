package dev.trmarena.solver.solve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs as {@code ./arena solve} does, and stops after so many examples, to be killed there. */
public final class SolveInAnotherProcess {
    private SolveInAnotherProcess() {}

    /** @param args checkpoint, inputs, identifiers, folder to write into, examples */
    public static void main(String[] args) throws IOException {
        int stop = Integer.parseInt(args[4]);
        LocalSolve.run(
                request(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Path.of(args[3])), (examples, of) -> {
                    if (examples >= stop) {
                        System.out.println("solved " + examples);
                        waitForever();
                    }
                });
    }

    private static void waitForever() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LocalSolve.Request request(Path checkpoint, Path inputs, Path identifiers, Path out) {
        return new LocalSolve.Request(
                checkpoint, null, null, Map.of(), inputs, identifiers, out, Set.of("2", "last"), 8, null);
    }

    /** In a heap of 64 MB. */
    static Process start(LocalSolve.Request request, int stop) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SolveInAnotherProcess.class.getName(),
                        request.checkpoint().toString(),
                        request.inputs().toString(),
                        Objects.requireNonNull(request.puzzleIdentifiers()).toString(),
                        request.out().toString(),
                        String.valueOf(stop))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
