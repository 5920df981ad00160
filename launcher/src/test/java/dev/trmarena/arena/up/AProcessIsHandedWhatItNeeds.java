package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment of this test has a secret of its user's, see the module's {@code pom.xml}: no process of the platform gets it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AProcessIsHandedWhatItNeeds {
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";

    @TempDir
    Path folder;

    @Test
    void and_nothing_else_of_the_shell_that_started_the_platform() throws Exception {
        assertThat(System.getenv()).containsKeys(SECRET, "ARENA_LIMIT_STEP_OPERATIONS", "PATH");
        Path seen = folder.resolve("seen");
        try (var running = new Running(folder.resolve("data"))) {
            running.children.start(new ChildSpec(
                    "looks",
                    List.of("/bin/sh", "-c", "env > " + seen + ".new; mv " + seen + ".new " + seen + "; cat"),
                    Map.of("ARENA_KAFKA", "127.0.0.1:1"),
                    folder.resolve("data/logs/looks.log")));
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(seen));
            assertThat(Files.readString(seen))
                    .contains("PATH=", "ARENA_LIMIT_STEP_OPERATIONS=", "ARENA_KAFKA=127.0.0.1:1")
                    .doesNotContain(SECRET, "of the user");
        }
    }
}
