package dev.trmarena.arena.up;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to start one process of the platform, any number of times.
 *
 * @param name what the user calls it: {@code kafka}, {@code solver-1}
 * @param command program and arguments
 * @param environment added to what is handed on of the launcher's own, see {@link dev.trmarena.supervise.OwnEnvironment}
 * @param log where its output is appended
 * @param before what must be done before every start
 * @param witness sees every start, and every end that nobody asked for
 */
record ChildSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path log,
        Preparation before,
        Witness witness) {
    ChildSpec {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("name of a process: `" + name + "`");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    ChildSpec(String name, List<String> command, Map<String, String> environment, Path log) {
        this(name, command, environment, log, () -> {}, Witness.NOBODY);
    }

    /** How long it may take to end by itself. */
    Duration patience() {
        return ClassArchive.isMadeBy(command) ? Duration.ofSeconds(60) : Duration.ofSeconds(10);
    }

    /** Whoever wants to know what becomes of the process. */
    interface Witness {
        Witness NOBODY = new Witness() {
            @Override
            public Map<String, String> starts() {
                return Map.of();
            }

            @Override
            public void ended(int exitStatus) {}
        };

        /** @return what is to be added to the environment */
        Map<String, String> starts();

        void ended(int exitStatus);
    }

    /** Something to do before a start. */
    @FunctionalInterface
    interface Preparation {
        void run() throws IOException, InterruptedException;
    }
}
