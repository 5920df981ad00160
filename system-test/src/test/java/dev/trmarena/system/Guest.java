package dev.trmarena.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.trmarena.arena.client.ArenaClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A solver that joined a platform by itself, as {@code ./arena solver} starts it: no launcher looks after it. */
final class Guest implements AutoCloseable {
    private final Process command;
    private final ArenaClient client;
    private final String name;

    private Guest(Process command, ArenaClient client, String name) {
        this.command = command;
        this.client = client;
        this.name = name;
    }

    /** Returns when the command runs; {@link #awaitAlive()} waits until the platform knows the solver. */
    static Guest joins(Platform platform, String name) throws IOException {
        return joins(platform, name, Map.of());
    }

    /** @param environment of the command, beside that of the test */
    static Guest joins(Platform platform, String name, Map<String, String> environment) throws IOException {
        List<String> arguments = List.of(
                "solver",
                "--bootstrap",
                new Processes(platform).kafka(),
                "--store",
                platform.data().resolve("artifacts").toString(),
                "--name",
                name,
                "--threads",
                "1");
        return new Guest(Arena.start(arguments, environment, true), new ArenaClient(platform.url(), null), name);
    }

    /** What the platform knows of it; a missing node when it never heard of it. */
    JsonNode known() throws InterruptedException {
        for (JsonNode solver : Asked.tree(client.api().listSolvers())) {
            if (solver.path("name").asText().equals(name)) {
                return solver;
            }
        }
        return MissingNode.getInstance();
    }

    Guest awaitAlive() {
        await(name + " is there").atMost(Duration.ofSeconds(90)).until(() -> known().path("alive")
                .asBoolean());
        return this;
    }

    /** The command that started it. */
    Process command() {
        return command;
    }

    /** The process that solves: the one that has started no other. */
    ProcessHandle solver() {
        return command.descendants()
                .filter(process -> process.children().findAny().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no process of " + name + " runs"));
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> left = command.descendants().toList();
        command.destroy();
        if (!command.waitFor(30, TimeUnit.SECONDS)) {
            command.destroyForcibly();
        }
        left.forEach(ProcessHandle::destroyForcibly);
    }
}
