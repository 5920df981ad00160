package dev.trmarena.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.SolverEnded;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that end as solvers do, and a real broker that hears of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(600)
class ASolverThatEndsIsToldOf {
    /** A broker that starts on a busy machine takes a minute. */
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
    private TestBroker broker;

    @BeforeAll
    void start() throws Exception {
        broker = new TestBroker(folder.resolve("kafka"));
        broker.start();
    }

    @AfterAll
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void with_the_signal_and_what_it_printed_since_its_start() throws Exception {
        Path log = folder.resolve("killed.log");
        Files.writeString(log, "of the process before\n");
        SolverEnded ended = ended("killed", log, "echo it works; kill -KILL $$");
        assertThat(ended.exitStatus()).isEqualTo(137);
        assertThat(ended.reason()).isEqualTo("killed was killed by SIGKILL (exit status 137)");
        assertThat(ended.kind()).isEqualTo(FailureKind.SOLVER_ENDED);
        assertThat(ended.log()).containsExactly("it works");
    }

    @Test
    void with_the_status_when_it_was_no_signal() throws Exception {
        SolverEnded ended = ended("ill", folder.resolve("ill.log"), "echo no libtorch here; exit 3");
        assertThat(ended.reason()).isEqualTo("ill ended (exit status 3)");
        assertThat(ended.log()).containsExactly("no libtorch here");
    }

    @Test
    void as_one_that_left_by_itself_and_another_takes_its_place() throws Exception {
        Path lives = folder.resolve("lives");
        var solver = new SupervisedSolver(
                List.of(
                        "/bin/sh",
                        "-c",
                        "echo $ARENA_SOLVER_INSTANCE >> " + lives + "; [ $(wc -l < " + lives + ") -gt 2 ] && exit 3;"
                                + " kill -ALRM $$"),
                Map.of(),
                "leaves",
                broker.bootstrapServers(),
                () -> {});
        List<Long> started = new ArrayList<>();
        assertThat(solver.run(System.out, started::add)).isEqualTo(3);
        assertThat(started).doesNotHaveDuplicates().hasSize(3);
        try (var received = new Received(broker.bootstrapServers(), Topics.SOLVER_ENDS)) {
            List<SolverEnded> ends = received.payloads("leaves", 3).stream()
                    .map(bytes -> Json.read(bytes, SolverEnded.class))
                    .toList();
            assertThat(ends)
                    .extracting(ended -> ended.instance().toString())
                    .containsExactlyElementsOf(Files.readAllLines(lives));
            assertThat(ends)
                    .extracting(SolverEnded::reason)
                    .containsExactly(
                            "leaves left an improvement step that did not end (exit status 142)",
                            "leaves left an improvement step that did not end (exit status 142)",
                            "leaves ended (exit status 3)");
        }
    }

    @Test
    void with_the_line_of_a_machine_whose_heap_is_full() throws Exception {
        Path log = folder.resolve("full.log");
        SolverEnded ended = ended("full", log, java("-Xmx8m", "-XX:+ExitOnOutOfMemoryError", FillsItsHeap.class));
        assertThat(ended.kind()).isEqualTo(FailureKind.MEMORY);
        assertThat(ended.reason())
                .isEqualTo("full ended (exit status 3) after java.lang.OutOfMemoryError: Java heap space");
        assertThat(ended.log()).contains("filling");
    }

    /** The JVM ends in order when its heap is full, and native code that computes meanwhile may crash beside that. */
    @Test
    void with_a_full_heap_although_native_code_crashed_while_it_ended() throws Exception {
        SolverEnded ended = ended(
                "crashed",
                folder.resolve("crashed.log"),
                "echo 'Terminating due to java.lang.OutOfMemoryError: Java heap space';"
                        + " echo '#  SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=2'; exit 1");
        assertThat(ended.kind()).isEqualTo(FailureKind.MEMORY);
        assertThat(ended.reason())
                .isEqualTo("crashed ended (exit status 1) after java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void within_bounds_and_without_secrets() throws Exception {
        Path log = folder.resolve("talkative.log");
        var last = new LastLines(Map.of("STORE_PASSWORD", "hunter2-hunter2", "HOME", "/home/arena"));
        var text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("line ").append(i).append(" of /home/arena with hunter2-hunter2\n");
        }
        Files.writeString(log, text.append("x".repeat(5000)));
        last.addFrom(log, 0);
        assertThat(last.lines())
                .hasSize(60)
                .noneMatch(line -> line.contains("hunter2"))
                .allMatch(line -> line.length() <= 1001);
        assertThat(last.lines().get(58)).isEqualTo("line 4999 of /home/arena with ***");
    }

    @Test
    void though_the_broker_is_away_when_it_happens() throws Exception {
        var late = new TestBroker(folder.resolve("late"));
        try (var ends = new SolverEndPublisher(late.bootstrapServers(), troubles::add)) {
            Path log = folder.resolve("early.log");
            run(new WatchedSolver("early", log, ends), log, List.of("/bin/sh", "-c", "kill -KILL $$"));
            late.start();
            ends.close(LONG);
            try (var received = new Received(late.bootstrapServers(), Topics.SOLVER_ENDS)) {
                assertThat(received.payloads("early", 1)).hasSize(1);
            }
        } finally {
            late.close();
        }
        assertThat(troubles).isEmpty();
    }

    /** Prints, then takes more memory than there is. */
    static final class FillsItsHeap {
        private FillsItsHeap() {}

        public static void main(String[] args) {
            System.out.println("filling");
            var all = new ArrayList<byte[]>();
            while (all.size() < Integer.MAX_VALUE) {
                all.add(new byte[1 << 20]);
            }
        }
    }

    private static List<String> java(String heap, String flag, Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                flag,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    private SolverEnded ended(String name, Path log, String script) throws Exception {
        return ended(name, log, List.of("/bin/sh", "-c", script));
    }

    private SolverEnded ended(String name, Path log, List<String> command) throws Exception {
        var ends = new SolverEndPublisher(broker.bootstrapServers(), troubles::add);
        run(new WatchedSolver(name, log, ends), log, command);
        ends.close(LONG);
        assertThat(troubles).isEmpty();
        try (var received = new Received(broker.bootstrapServers(), Topics.SOLVER_ENDS)) {
            return Json.read(received.payloads(name, 1).get(0), SolverEnded.class);
        }
    }

    private static void run(WatchedSolver solver, Path log, List<String> command) throws Exception {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(solver.starts());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        solver.ended(process.exitValue());
    }
}
