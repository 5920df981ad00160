package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.supervise.engine.Libtorch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a solver is told of its device and its libraries. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SolversShareTheGpus {
    private static final Libtorch CUDA = new Libtorch(Path.of("/opt/libtorch"), true);

    @Test
    void one_each() {
        PlatformOptions options = options(3, List.of("0", "2", "5"));
        assertThat(List.of(1, 2, 3))
                .extracting(solver -> options.device(solver).get("CUDA_VISIBLE_DEVICES"))
                .containsExactly("0", "2", "5");
        assertThat(options.device(2))
                .containsEntry("ARENA_SOLVERS_HERE", "1")
                .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    }

    @Test
    void several_in_turn_with_its_memory_shared() {
        PlatformOptions options = options(5, List.of("0", "1"));
        assertThat(List.of(1, 2, 3, 4, 5))
                .extracting(solver -> options.device(solver).get("CUDA_VISIBLE_DEVICES"))
                .containsExactly("0", "1", "0", "1", "0");
        assertThat(options.device(5)).containsEntry("ARENA_SOLVERS_HERE", "3");
    }

    @Test
    void none_on_the_cpu() {
        assertThat(options(4, List.of()).device(4))
                .containsOnlyKeys("ARENA_SOLVERS_HERE")
                .containsEntry("ARENA_SOLVERS_HERE", "4");
    }

    @Test
    void a_solver_is_told_its_libraries() {
        assertThat(Programs.solverEnvironment(new HashMap<>(), 2, CUDA))
                .containsEntry("ARENA_LIBTORCH", "/opt/libtorch");
        assertThat(Programs.solverEnvironment(new HashMap<>(), 2, null)).doesNotContainKey("ARENA_LIBTORCH");
    }

    private static PlatformOptions options(int solvers, List<String> gpus) {
        return new PlatformOptions(Path.of("."), 0, solvers, 1, "127.0.0.1", CUDA, gpus);
    }
}
