package dev.trmarena.arena.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.arena.doctor.Finding.Verdict;
import dev.trmarena.supervise.engine.EngineReport;
import dev.trmarena.supervise.engine.Gpus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines that have much, little and nothing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryFindingHasItsRemedy {
    private static final Gpus H100 = new Gpus(List.of("NVIDIA H100"), "550.54.15", null, null);
    private static final Gpus NONE = new Gpus(List.of(), null, null, null);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"24, ok", "4, ok", "3, attention", "1, attention"})
    void memory(long gigabytes, String verdict) {
        check(
                LookAtMachine.memory(gigabytes * 1_000_000_000, 500_000_000),
                verdict,
                gigabytes + ".0 GB, 0.5 GB of them");
    }

    @ParameterizedTest
    @CsvSource({"100, ok", "9, attention", "1, trouble"})
    void disk(long gigabytes, String verdict) {
        check(
                LookAtMachine.disk(folder, gigabytes * 1_000_000_000),
                verdict,
                gigabytes + ".0 GB are free for " + folder);
    }

    @Test
    void the_disk_of_a_folder_that_is_not_yet_there() throws IOException {
        assertThat(LookAtMachine.disk(folder.resolve("not/yet")).says()).contains("GB are free for " + folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_port_is_free_or_taken_or_that_of_the_platform() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            check(LookAtMachine.port(port, null), "attention", port + " is taken");
            check(LookAtMachine.port(port, "http://localhost:1"), "attention", port + " is taken");
            check(LookAtMachine.port(port, "http://localhost:" + port), "ok", "serves the platform");
        }
        check(LookAtMachine.port(0, null), "ok", "is free");
    }

    @Test
    void a_clock_may_not_be_behind_the_build() {
        Instant built = Instant.parse("2026-11-30T12:00:00Z");
        check(LookAtMachine.clock(built.plusSeconds(1), built), "ok", "it is 2026-11-30T12:00:01Z");
        check(LookAtMachine.clock(built.minusSeconds(200), built), "ok", "it is");
        check(
                LookAtMachine.clock(Instant.parse("2020-01-01T00:00:00Z"), built),
                "trouble",
                "this build is of 2026-11-30");
    }

    @Test
    void node_is_needed_to_build_alone() {
        check(LookAtMachine.node("v22.12.0", true, "Node 24"), "ok", "v22.12.0");
        check(
                LookAtMachine.node("v18.0.0", false, "Node 24"),
                "attention",
                "this is v18.0.0, to build Node 24 is needed");
        check(LookAtMachine.node("", false, "Node 24"), "attention", "there is none");
    }

    @Test
    void a_device_that_is_used_or_is_not() {
        check(
                LookAtEngine.device(report(0), false, NONE),
                "ok",
                "CPU of a test, 2.0 GB for networks; no NVIDIA driver");
        Finding idle = LookAtEngine.device(report(0), false, H100);
        check(idle, "attention", "driver 550.54.15");
        assertThat(idle.line())
                .startsWith("attention  device ")
                .endsWith("; NVIDIA H100 found and not used: ./arena up --gpu, or --libtorch DIR");
        check(LookAtEngine.device(report(0), true, H100), "trouble", "does not find it");
        check(LookAtEngine.device(report(1), true, H100), "ok", "driver 550.54.15");
        var broken =
                new Gpus(List.of("NVIDIA H100"), "470.1", "its driver 470.1 is too old for CUDA 12", "install one");
        check(
                LookAtEngine.device(report(0), false, broken),
                "attention",
                "no GPU: NVIDIA H100, its driver 470.1 is too old");
    }

    private static EngineReport report(int gpus) {
        return new EngineReport("2.7.1", "0.36.0", "/lib", List.of(), gpus, "CPU of a test", 2_000_000_000L, Map.of());
    }

    private static void check(Finding finding, String verdict, String says) {
        assertThat(finding.verdict().key()).isEqualTo(verdict);
        assertThat(finding.says()).contains(says);
        assertThat(finding.remedy() == null).isEqualTo(finding.verdict() == Verdict.OK);
        assertThat(finding.line()).doesNotContain("\n");
    }
}
