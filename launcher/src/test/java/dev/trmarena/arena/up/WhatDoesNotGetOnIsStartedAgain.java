package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that hangs, or says that it does not get on, is ended and started again; one that only starts is left alone. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatDoesNotGetOnIsStartedAgain {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void a_process_that_hangs() throws Exception {
        int port = Ports.free(1).get(0);
        try (var running = new Running(folder);
                var watch = watched(running.children.start(answering(port)), port)) {
            Process first = answers(watch);
            new ProcessBuilder("kill", "-STOP", String.valueOf(first.pid()))
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
            await("it is ended").atMost(PATIENCE).until(() -> !first.isAlive());
            assertThat(answers(watch).pid()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void a_process_that_says_so() throws Exception {
        int port = Ports.free(1).get(0);
        try (var running = new Running(folder);
                var watch = watched(running.children.start(answering(port)), port)) {
            Process first = answers(watch);
            Files.createFile(ill());
            await("it is ended").atMost(PATIENCE).until(() -> !first.isAlive());
            assertThat(answers(watch).pid()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void not_a_process_that_did_not_answer_yet() throws Exception {
        int port = Ports.free(1).get(0);
        try (var running = new Running(folder)) {
            Child silent = running.children.start(
                    new ChildSpec("silent", List.of("cat"), Map.of(), folder.resolve("logs/silent.log")));
            Process first = Objects.requireNonNull(silent.process());
            try (var watch = watched(silent, port)) {
                await("it is left alone")
                        .during(Duration.ofSeconds(8))
                        .atMost(PATIENCE)
                        .until(() -> first.isAlive() && watch.child().process() == first);
            }
        }
    }

    /** The watch, whom it watches, and how often that one answered it. */
    private record Watched(HangWatchdog watch, Child child, AtomicInteger answers) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            watch.close();
        }
    }

    private static Watched watched(Child child, int port) {
        var http = new HttpLiveness(URI.create("http://127.0.0.1:" + port));
        var answers = new AtomicInteger();
        Liveness counted = () -> {
            http.ask();
            answers.incrementAndGet();
        };
        return new Watched(new HangWatchdog(child, counted, 2).start(), child, answers);
    }

    /** Waits until it answers the watch once more. @return the process that does */
    private static Process answers(Watched watched) {
        int before = watched.answers().get();
        await("it answers").atMost(PATIENCE).until(() -> watched.answers().get() > before);
        return Objects.requireNonNull(watched.child().process());
    }

    private Path ill() {
        return folder.resolve("ill");
    }

    private ChildSpec answering(int port) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AnswersHttp.class.getName(),
                String.valueOf(port),
                ill().toString());
        return new ChildSpec(
                "answering",
                command,
                Map.of(),
                folder.resolve("logs/answering.log"),
                () -> Files.deleteIfExists(ill()),
                ChildSpec.Witness.NOBODY);
    }
}
