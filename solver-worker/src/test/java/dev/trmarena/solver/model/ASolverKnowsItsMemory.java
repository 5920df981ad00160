package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a solver says that it holds is never more than its machine has, and a part of it where others are there, too. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverKnowsItsMemory {
    @Test
    void and_shares_it() throws IOException {
        long alone = Objects.requireNonNull(DeviceMemory.here(1));
        long shared = Objects.requireNonNull(DeviceMemory.here(4));
        assertThat(alone).isPositive().isLessThan(ofTheMachine());
        assertThat(shared).isLessThanOrEqualTo(alone / 4);
        assertThatThrownBy(() -> DeviceMemory.here(0)).hasMessageContaining("ARENA_SOLVERS_HERE is 0");
    }

    /** Kilobytes stand in the first line; a container may have less, and a GPU is tested on a machine that has one. */
    private static long ofTheMachine() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/meminfo")).get(0);
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }
}
