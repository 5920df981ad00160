package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave in their temporary folders when they end, and when they are killed. */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverLeavesNothingBehind {
    private static final String OWN = "arena-solver-";

    private final List<JsonNode> started = new ArrayList<>();

    @TempDir
    Path temporary;

    @Test
    void by_itself_killed_alone_or_with_its_supervisor_or_ended_in_good_order(Disturbed disturbed) throws Exception {
        try (Guest alone = working(disturbed, "guest-alone")) {
            assertThat(left()).hasSize(1).allMatch(name -> name.startsWith(OWN));
            alone.solver().destroyForcibly();
            assertThat(alone.command().waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(alone.command().exitValue())
                    .as("the status of the solver")
                    .isEqualTo(137);
            assertThat(left()).as("the supervisor deleted it").isEmpty();
        }
        List<String> ofTheKilled;
        try (Guest together = working(disturbed, "guest-together")) {
            ofTheKilled = left();
            ProcessHandle solver = together.solver();
            together.command().destroyForcibly();
            solver.destroyForcibly();
            assertThat(together.command().waitFor(20, TimeUnit.SECONDS)).isTrue();
            await("both are dead").atMost(Duration.ofSeconds(20)).until(() -> !solver.isAlive());
            assertThat(left()).as("nobody was there to delete it").isEqualTo(ofTheKilled);
        }
        try (Guest last = working(disturbed, "guest-last")) {
            assertThat(left()).hasSize(1).doesNotContainAnyElementsOf(ofTheKilled);
            last.command().destroy();
            assertThat(last.command().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(left()).as("ended in good order").isEmpty();
        }
        for (JsonNode evaluation : started) {
            disturbed.finished(evaluation);
        }
    }

    @Test
    void nor_does_one_of_a_platform_outlast_its_restart(Disturbed disturbed) throws Exception {
        Path own = disturbed.platform().data().resolve("temporary/solver-1");
        Path marker = Files.createFile(own.resolve("of the killed one"));
        disturbed.processes().killAndAwaitRestart("solver-1");
        await("it is swept").atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(marker));
        assertThat(own).isDirectory();
    }

    /** Has solved a unit: by then everything is loaded that is ever unpacked. */
    private Guest working(Disturbed disturbed, String name) throws Exception {
        Guest guest = Guest.joins(disturbed.platform(), name, Map.of("TMPDIR", temporary.toString()))
                .awaitAlive();
        started.add(disturbed.started(Load.SLOW_UNITS));
        await(name + " solves")
                .atMost(Duration.ofSeconds(120))
                .until(() -> guest.known().path("unitsSolved").asInt() > 0);
        return guest;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
