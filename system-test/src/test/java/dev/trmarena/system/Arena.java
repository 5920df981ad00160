package dev.trmarena.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code ./arena} script as a child process. */
final class Arena {
    /**
     * A platform of a test lives for minutes and its processes are killed over and over: the optimising compiler would take a
     * third of the processors and never give it back.
     */
    private static final Map<String, String> QUICK_COMPILER = Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

    /** What its programs leave is seen, see the report of `./arena test`. */
    private static final Map<String, String> TEMPORARY = Map.of("TMPDIR", System.getProperty("java.io.tmpdir"));

    private Arena() {}

    record Result(int exit, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    /** @param environment in which it runs, as do the processes that it starts, beside that of the test */
    static Process start(List<String> arguments, Map<String, String> environment, boolean mergeErrors)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Platform.project().resolve("arena").toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(mergeErrors);
        builder.environment().putAll(QUICK_COMPILER);
        builder.environment().putAll(TEMPORARY);
        builder.environment().putAll(environment);
        // The build that runs these tests has just built everything; a nested build would wait for it.
        builder.environment().put("ARENA_BUILD", "never");
        return builder.start();
    }

    static Result run(List<String> arguments) throws IOException, InterruptedException {
        return run(arguments, Map.of());
    }

    /** @param environment in which it runs, beside that of the test */
    static Result run(List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile("arena", ".err");
        try {
            var command = new ArrayList<String>();
            command.add(Platform.project().resolve("arena").toString());
            command.addAll(arguments);
            var builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(TEMPORARY);
            builder.environment().putAll(environment);
            builder.environment().put("ARENA_BUILD", "never");
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(300, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("still running after 300 s: " + command);
            }
            return new Result(process.exitValue(), out, Files.readString(errors));
        } finally {
            Files.deleteIfExists(errors);
        }
    }
}
