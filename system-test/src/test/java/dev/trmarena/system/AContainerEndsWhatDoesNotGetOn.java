package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The health check of the containers, in a process namespace of its own, as a container has one. */
@OnNoPlatform
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AContainerEndsWhatDoesNotGetOn {
    /** What Docker's init would see: a service that is frozen, and the checks that are run beside it. */
    private static final String CHECKS = """
            sleep 1000 & service=$!
            "$LIVE" 2 false; echo "starting $?"
            "$LIVE" 2 true; echo "well $?"
            "$LIVE" 2 false; echo "ill once $?"
            "$LIVE" 2 true; echo "well again $?"
            kill -STOP $service
            "$LIVE" 2 false
            kill -0 $service && echo "ill once, and there"
            "$LIVE" 2 false
            wait $service; echo "ill twice, and ended by $(($? - 128))"
            """;

    @TempDir
    Path folder;

    @Test
    void after_so_many_failures_in_a_row_and_not_while_it_starts() throws Exception {
        assumeTrue(namespaces("true").exit() == 0, "no process namespaces here");
        // The name by which the check knows that it is in a container.
        Path init = Files.copy(Path.of("/bin/sh").toRealPath(), folder.resolve("docker-init"));
        assertThat(init.toFile().setExecutable(true)).isTrue();
        Output output = namespaces(init.toString(), "-c", CHECKS);
        assertThat(output.lines())
                .as(output.toString())
                .contains(
                        "starting 1",
                        "well 0",
                        "ill once 1",
                        "well again 0",
                        "ill once, and there",
                        "ill twice, and ended by 9");
    }

    @Test
    void and_nothing_outside_of_a_container() throws Exception {
        assumeTrue(namespaces("true").exit() == 0, "no process namespaces here");
        Output output = namespaces("/bin/sh", "-c", """
                sleep 1000 & service=$!
                "$LIVE" 1 true
                "$LIVE" 1 false
                "$LIVE" 1 false
                kill -0 $service && echo "still there"
                kill $service
                """);
        assertThat(output.lines())
                .as(output.toString())
                .contains("still there")
                .anyMatch(line -> line.contains("nothing is ended"));
    }

    private record Output(int exit, List<String> lines) {}

    /** Runs a command as the first process of a namespace: whatever it kills is in there. */
    private Output namespaces(String... command) throws IOException, InterruptedException {
        var whole = new java.util.ArrayList<>(List.of("unshare", "-Urpf", "--mount-proc"));
        whole.addAll(List.of(command));
        var builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment()
                .put("LIVE", Platform.project().resolve("images/live").toString());
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Output(process.exitValue(), lines);
    }
}
