package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.doctor.Doctor;
import dev.trmarena.arena.doctor.Finding;
import dev.trmarena.arena.doctor.Finding.Verdict;
import dev.trmarena.arena.up.DataFolder;
import dev.trmarena.arena.up.StandaloneSolver;
import dev.trmarena.supervise.engine.Gpus;
import dev.trmarena.supervise.engine.LibtorchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena doctor}. */
@Command(
        name = "doctor",
        description = "Says what this machine has of what the platform needs, each in one line with its remedy.",
        footer = {
            "",
            "ok, attention (it works, but not as well as it might) or trouble (something will not work). Ends with 1"
                    + " where there is trouble."
        })
public final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data would be (default: .arena in the project).")
    @Nullable
    Path folder;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the page (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--libtorch",
            paramLabel = "DIR",
            description = "Look at the libtorch in this folder (or ARENA_LIBTORCH; default: the packed CPU build).")
    @Nullable
    Path libtorch;

    @Mixin
    ResultOptions result;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new ArenaProblem("there is no port " + port, "give --port a number from 0 to 65535");
        }
        Path project = UpCommand.project();
        Path data = folder == null ? project.resolve(".arena") : folder;
        var doctor = new Doctor(
                System.getProperty("arena.node", ""),
                Boolean.getBoolean("arena.node.suits"),
                System.getProperty("arena.node.wanted", "another"),
                data,
                DataFolder.address(data),
                port,
                LibtorchOptions.orSetting(libtorch),
                built(project));
        List<Finding> findings = doctor.look(StandaloneSolver.engine(project), Gpus.here());
        Verdict worst = findings.stream()
                .map(Finding::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.OK);
        if (result.json) {
            System.out.println(tree(findings, worst));
        } else {
            findings.forEach(finding -> System.out.println(finding.line()));
        }
        return worst == Verdict.TROUBLE ? 1 : 0;
    }

    private static Instant built(Path project) throws IOException {
        Path stamp = project.resolve("target/arena-built");
        return Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toInstant() : Instant.EPOCH;
    }

    private static ObjectNode tree(List<Finding> findings, Verdict worst) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("worst", worst.key());
        var all = tree.putArray("findings");
        findings.forEach(finding -> all.addObject()
                .put("about", finding.about())
                .put("verdict", finding.verdict().key())
                .put("says", finding.says())
                .put("remedy", finding.remedy()));
        return tree;
    }
}
