package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However much a process prints, two files of bounded size are kept of it, with what it printed last. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ALogNeverFillsTheDisk {
    private static final long LONGEST = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void whatever_a_process_prints() throws Exception {
        Path logs = folder.resolve("logs");
        List<String> said = new ArrayList<>();
        var children = new Children(
                folder.resolve("children"), new Progress(System.out), new BoundLogs(LONGEST, Duration.ofDays(1)));
        try {
            // 200 MB, then it waits for its life line to end.
            Child child = children.start(new ChildSpec(
                    "talkative",
                    List.of(
                            "/bin/sh",
                            "-c",
                            "yes 'a line that says little' | head -c 200000000; echo; echo the last; cat"),
                    Map.of(),
                    logs.resolve("talkative.log")));
            await("all is printed").atMost(PATIENCE).until(() -> says(logs, "the last"));
            await("the last of it is bounded, too")
                    .atMost(PATIENCE)
                    .until(() -> Files.size(logs.resolve("talkative.log")) <= LONGEST);
            assertThat(says(logs, "the last")).as("it is not lost").isTrue();
            try (Stream<Path> files = Files.list(logs)) {
                for (Path file : files.toList()) {
                    said.add(file.getFileName().toString());
                    assertThat(Files.size(file)).as("%s", file).isLessThanOrEqualTo(3 * LONGEST);
                }
            }
            assertThat(said).containsExactlyInAnyOrder("talkative.log", "talkative.log.1");
            assertThat(child.process()).as("it noticed nothing").satisfies(process -> assertThat(
                            process != null && process.isAlive())
                    .isTrue());
        } finally {
            children.stop(List.of(children.named("")));
        }
    }

    /** What is in it goes to the file beside it, and from there with the next. */
    @Test
    void however_little_and_however_long_ago() throws Exception {
        Path log = Files.writeString(folder.resolve("quiet.log"), "said once\n");
        var begun = new AtomicLong(System.nanoTime());
        new BoundLogs(LONGEST, Duration.ofDays(1)).bound(log, begun);
        assertThat(BoundLogs.before(log)).as("it is young").doesNotExist();

        var logs = new BoundLogs(LONGEST, Duration.ZERO);
        logs.bound(log, begun);
        assertThat(log).isEmptyFile();
        assertThat(BoundLogs.before(log)).content().isEqualTo("said once\n");
        logs.bound(log, begun);
        assertThat(log).isEmptyFile();
        assertThat(BoundLogs.before(log)).isEmptyFile();
    }

    private static boolean says(Path logs, String words) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                // The end of it alone: it is told while it is long, too.
                if (LogTail.of(file, 1).equals(words)) {
                    return true;
                }
            }
        }
        return false;
    }
}
