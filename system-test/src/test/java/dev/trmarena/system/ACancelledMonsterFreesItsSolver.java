package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaApi.RequestedProtocol;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.ImportPuzzles;
import dev.trmarena.arena.client.ServerProblem;
import dev.trmarena.arena.client.SubmitCheckpoint;
import dev.trmarena.arena.client.UploadProgress;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A checkpoint whose improvement steps take hours each, one native call, and the only solver is inside one: whoever cancels it, and
 * whoever waits behind it, is served at once.
 */
@Timeout(480)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACancelledMonsterFreesItsSolver {
    private static final Map<String, String> ENDLESS = Map.of("H_cycles", "1000", "L_cycles", "1000");

    /** So many of them are more than this platform allows of an evaluation. */
    private static final int TOO_MANY_STEPS = 1024;

    private static final Duration FREED = Duration.ofSeconds(10);

    private Platform platform;
    private ArenaClient client;

    @BeforeAll
    void start() throws Exception {
        Map<String, String> settings = new HashMap<>(DisturbedPlatform.SMALL_UNITS);
        // As it is shipped, none of this is accepted.
        settings.put("ARENA_LIMIT_STEP_OPERATIONS", "1E15");
        settings.put("ARENA_LIMIT_EVALUATION_OPERATIONS", "1E17");
        platform = Platform.up(Files.createTempDirectory("arena-monster"), settings, "--no-demo", "--solvers", "1");
        client = new ArenaClient(platform.url(), null);
    }

    @AfterAll
    void stop() throws Exception {
        platform.close();
        FileUtils.deleteDirectory(platform.data().toFile());
    }

    @Test
    void within_ten_seconds_and_the_next_one_finishes() throws Exception {
        var recorded = new Recorded(platform);
        var processes = new Processes(platform);
        assertThatThrownBy(() -> monster(new RequestedProtocol(TOO_MANY_STEPS, null, null, null, null)))
                .isInstanceOf(ServerProblem.class)
                .hasMessageContaining("1024 steps, 300 examples")
                .hasMessageContaining("more than the 1.0E17");

        UUID monster = Disturbed.idOf(monster(null));
        ProcessHandle solver = processes.of("solver-1");
        await("its only solver is inside the step")
                .atMost(Duration.ofSeconds(90))
                .until(() -> !recorded.inHandOf("solver-1").isEmpty() && computes(solver));
        Load small = Load.sudoku(1, 2);
        small.imported(client, "small");
        JsonNode next = small.submitted(client, "small");

        assertThat(platform.run("cancel", monster.toString()).exit()).isZero();
        await("the solver left the step that nobody waits for")
                .atMost(FREED)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !solver.isAlive());
        JsonNode finished = await("the one behind it is through")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> Asked.tree(
                                client.api().getEvaluation(next.path("id").asText())),
                        now -> now.path("state").asText().equals("finished"));
        assertThat(recorded.predictions(Disturbed.idOf(finished)))
                .isEqualTo(finished.path("exampleCount").asInt());

        assertThat(platform.lines())
                .as("what the launcher says")
                .anyMatch(line -> line.contains("solver-1 left an improvement step that did not end"))
                .noneMatch(line -> line.contains("solver-1 makes no progress"));
        assertThat(recorded.lines("""
                        select coalesce(ending, 'none') || ', ' || coalesce(kind, 'nothing wrong') || ', ' || coalesce(reason, '')
                        from delivery where evaluation_id = ?""", monster))
                .as("it counts as no failure")
                .containsExactly("returned, nothing wrong, it was withdrawn");
        assertThat(recorded.lines("select reason from solver_end"))
                .containsExactly("solver-1 left an improvement step that did not end (exit status 142)");
    }

    /** A Sudoku checkpoint of the demo with a million cycles. @param protocol null for its own */
    private JsonNode monster(@Nullable RequestedProtocol protocol) throws IOException, InterruptedException {
        Path demo = Platform.project().resolve("demo/sudoku-9x9");
        new ImportPuzzles(client, UploadProgress.silent()).named("sudoku-9x9", demo.resolve("test.csv"), null);
        return Asked.tree(new SubmitCheckpoint(client, UploadProgress.silent())
                .on("sudoku-9x9", demo.resolve("step_1656"), null, SubmitCheckpoint.Known.of(ENDLESS, protocol), null));
    }

    /** In libtorch, as the stack of its threads tells. */
    private static boolean computes(ProcessHandle solver) throws IOException, InterruptedException {
        Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
        Process look = new ProcessBuilder(jstack.toString(), String.valueOf(solver.pid()))
                .redirectErrorStream(true)
                .start();
        String stacks = new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return look.waitFor() == 0 && stacks.contains("ScriptNetwork.improve") && stacks.contains("PyTorchLibrary.");
    }
}
